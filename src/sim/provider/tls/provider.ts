import { hexOf } from '../engine/digest.ts';
import type { Models } from '../engine/engine.ts';
import { loadSchema } from '../schema/schema-json.ts';
import { text } from '../values.ts';

/** A chain of two certificates that no one issued; the fingerprints follow from the address. */
const chain = (url: string): { readonly [name: string]: string | number | boolean }[] =>
  ['root', 'leaf'].map((who, i) => ({
    cert_pem: `-----BEGIN CERTIFICATE-----\nsimulated ${who} of ${url}\n-----END CERTIFICATE-----\n`, is_ca: i === 0, issuer: 'CN=Simulated Root,O=Simulated', not_after: '2036-01-01T00:00:00Z', not_before: '2026-01-01T00:00:00Z',
    public_key_algorithm: 'RSA', serial_number: String(Number.parseInt(hexOf(url + who, 12), 16)), sha1_fingerprint: hexOf(url + who, 40), signature_algorithm: 'SHA256-RSA', subject: i === 0 ? 'CN=Simulated Root,O=Simulated' : `CN=${url.replace(/^\w+:\/\//, '')}`, version: 3,
  }));

let models: Models | undefined;

/** Schema and answers of the tls provider: no connection is made. */
export const tlsModels = (): Models => (models ??= {
  schema: loadSchema('tls'),
  resources: {},
  data: {
    tls_certificate: {
      source: 'hashicorp/terraform-provider-tls internal/provider/data_source_certificate.go',
      read: (config) => {
        const url = text(config['url']) ?? 'content';
        return { id: hexOf(url, 40), certificates: chain(url), verify_chain: true };
      },
    },
  },
});
