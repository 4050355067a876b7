import { expect, it } from 'vitest';
import { signInHosts } from './sign-in-hosts.ts';

const hosts = (issuer: string, further: readonly string[] = []) => signInHosts(issuer, further).map(({ to, port }) => `${to}:${port}`);

it('reaches the issuer on its port, and where its tokens and keys stand', () => {
  expect(hosts('https://id.acme.io:8443/realms/a')).toEqual(['id.acme.io:8443']);
  expect(hosts('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc')).toEqual(['cognito-idp.eu-west-1.amazonaws.com:443', '*.auth.eu-west-1.amazoncognito.com:443']);
  expect(hosts('https://accounts.google.com')).toEqual(expect.arrayContaining(['oauth2.googleapis.com:443', 'www.googleapis.com:443']));
});

it('reaches what the configuration adds, each once', () => {
  expect(hosts('https://id.acme.io', ['tokens.acme.io', 'id.acme.io', 'tokens.acme.io'])).toEqual(['id.acme.io:443', 'tokens.acme.io:443']);
});
