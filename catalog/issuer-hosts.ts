/**
 * Where tokens and keys of an issuer stand that are not on its own host. Read 2026-11-25 in public copies of Google's discovery document (https://accounts.google.com/.well-known/openid-configuration)
 * and in public configurations of Cognito user pools, whose token address is `https://<prefix>.auth.<region>.amazoncognito.com/oauth2/token` unless the pool has a domain of its own; not verified against AWS.
 */
export const issuerHosts = (issuer: string): readonly string[] => {
  if (issuer === 'accounts.google.com') return ['oauth2.googleapis.com', 'openidconnect.googleapis.com', 'www.googleapis.com'];
  const region = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com$/.exec(issuer)?.[1];
  return region === undefined ? [] : [`*.auth.${region}.amazoncognito.com`];
};

