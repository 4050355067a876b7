/** A name and a value where the name itself may differ from cluster to cluster, such as `kubernetes.io/cluster/<name>`. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** Map of pairs in their order. A later pair of the same key wins. */
export const toMap = (pairs: readonly Pair[]): Record<string, string> => Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

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
