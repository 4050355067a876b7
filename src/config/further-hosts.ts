import { z } from 'zod';

/** Hosts of an OpenID Connect issuer that its own address does not tell. */
export const furtherHosts = () =>
  z.array(z.string().regex(/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a host name in lower case, with or without "*." before it' })).default([])
    .meta({ description: 'Hosts of the issuer\'s token, user and key addresses (`token_endpoint`, `userinfo_endpoint`, `jwks_uri` of its discovery document) where they differ from the issuer\'s: the network lets nothing else through. Those of Google and of Cognito without a domain of its own are known.', examples: ['id.acme.io'] });
