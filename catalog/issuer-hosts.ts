/**
 * Where tokens and keys of an issuer stand that are not on its own host. Sources, read 2026-11-25: Amazon Cognito developer guide, "The token issuer endpoint" (the discovery document names a
 * token endpoint at the domain of the user pool, `<prefix>.auth.<region>.amazoncognito.com` unless it is a custom one); Google's discovery document, https://accounts.google.com/.well-known/openid-configuration.
 */
export const issuerHosts = (issuer: string): readonly string[] => {
  if (issuer === 'accounts.google.com') return ['oauth2.googleapis.com', 'openidconnect.googleapis.com', 'www.googleapis.com'];
  const region = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com$/.exec(issuer)?.[1];
  return region === undefined ? [] : [`*.auth.${region}.amazoncognito.com`];
};

