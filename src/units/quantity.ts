const binary: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 };
const decimal: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/**
 * Value of a Kubernetes quantity in its base unit: cores for CPU, bytes for memory and storage. Undefined when the text is none.
 * Pure. Source: Kubernetes API reference, "Quantity" (the rarely used exponent form is accepted, exa suffixes are not).
 */
export const parseQuantity = (text: string): number | undefined => {
  const match = /^(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([KMGTP]i|[numkMGTP]?))$/.exec(text);
  if (!match) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(digits + exponent);
  return Number(digits) * (binary[suffix] ?? decimal[suffix] ?? Number.NaN);
};

/** CPU as a quantity: whole cores, else millicores, rounded up. Unit of `cores`: cores. */
export const formatCpu = (cores: number): string => {
  const millicores = Math.ceil(Math.round(cores * 1e6) / 1e3);
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
};

/** Memory as a quantity in the largest binary unit that keeps it whole, rounded up to Mi. Unit of `bytes`: bytes. */
export const formatMemory = (bytes: number): string => {
  const mebibytes = Math.ceil(bytes / 2 ** 20);
  return mebibytes % 1024 === 0 && mebibytes > 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
};
