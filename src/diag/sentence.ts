/** Text with a full stop, unless it asks something at its end. Pure. */
export const ended = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
