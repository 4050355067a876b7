/** A name and a value where the name itself may differ from cluster to cluster, such as `kubernetes.io/cluster/<name>`. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

const quoteMark = '\uE012';

/** A key that is data: always printed in quotes, whatever it turns out to be. */
export const quotedKey = (key: string): string => quoteMark + key;

/** The key as it was before `quotedKey`, and whether it was. */
export const keyText = (key: string): { readonly text: string; readonly quoted: boolean } =>
  key.startsWith(quoteMark) ? { text: key.slice(quoteMark.length), quoted: true } : { text: key, quoted: false };

/** Map of pairs in their order, keys quoted. */
export const toMap = (pairs: readonly Pair[]): Record<string, string> => Object.fromEntries(pairs.map(({ key, value }) => [quotedKey(key), value]));

/** Stands for `${…}` written by hand in HCL: the printer leaves it as an expression. Only for text of our own, never of the user. */
export const expression = (hcl: string): string => `\${${hcl}}`;

const jsonMark = '\uE010';

/**
 * A JSON document as a Terraform string argument: printed as `jsonencode({…})`, so that policies and settings stay readable and
 * may refer to other resources.
 */
export const json = (document: unknown): string => jsonMark + JSON.stringify(document);

/** The document behind a string made by `json`; undefined for any other string. */
export const jsonIn = (text: string): unknown => (text.startsWith(jsonMark) ? JSON.parse(text.slice(jsonMark.length)) : undefined);

/** One block or several for an argument whose inside the bindings leave open (`any`): printed as blocks, and not as a value. Keys in HCL's spelling. */
export const nestedBlock = (value: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]): { readonly value: unknown; readonly isBlock: true } => ({ value, isBlock: true });
