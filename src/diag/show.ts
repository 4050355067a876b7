/** Control characters other than line breaks are shown as `\xNN`, so that no text from a file can steer a terminal. */
export const printable = (text: string): string =>
  text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => (char === '\t' ? ' ' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`));

/** A value as it is quoted in a sentence: JSON on one line, cut at `most` characters. */
export const show = (value: unknown, most = 60): string => {
  const json = value === undefined ? 'nothing' : JSON.stringify(value) ?? String(value);
  const line = printable(json);
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
