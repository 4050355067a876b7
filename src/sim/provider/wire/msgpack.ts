import { ExtensionCodec, decode, encode } from '@msgpack/msgpack';
import { UNKNOWN } from '../values.ts';
import type { Value } from '../values.ts';

/** Terraform's extension types: 0 is "unknown", 12 is "unknown, but this much is known of it". We send only the plain one. */
const PLAIN_UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const codec = new ExtensionCodec();
codec.register({ type: PLAIN_UNKNOWN, encode: (v) => (v === UNKNOWN ? new Uint8Array([0]) : null), decode: () => UNKNOWN });
codec.register({ type: REFINED_UNKNOWN, encode: () => null, decode: () => UNKNOWN });

/** Bytes of a value for the plugin protocol. Objects must have been conformed to their schema. */
export const packValue = (v: Value): Buffer => Buffer.from(encode(v, { extensionCodec: codec }));

/** Reads a value sent by Terraform. Nothing or an empty buffer is null. */
export const unpackValue = (bytes: Uint8Array | undefined): Value =>
  bytes === undefined || bytes.length === 0 ? null : (decode(bytes, { extensionCodec: codec }) as Value);
