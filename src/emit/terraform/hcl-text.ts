/**
 * Marks inside printed text, all from Unicode's private use area so that they can't be mistaken for anything a person wrote:
 * a hole of a template, a guarded `{`, and the place where `terraform fmt` pads an `=`.
 */
export const holeStart = '\uE000';
export const holeEnd = '\uE001';
export const guardMark = '\uE002';
export const padMark = '\uE003';

const special = /["\\\p{Cc}\uE000-\uE01F]|[$%]\{/u;
const specials = /["\\\p{Cc}\uE000-\uE01F]|[$%]\{/gu;

const escapeOne = (found: string): string => {
  switch (found) {
    case '"': return '\\"';
    case '\\': return '\\\\';
    case '\n': return '\\n';
    case '\r': return '\\r';
    case '\t': return '\\t';
    case '${': return '$${';
    case '%{': return '%%{';
    default: return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
};

/** Escapes text for the inside of a quoted HCL string; `${` and `%{` lose their meaning. Pure. */
export const escapeText = (text: string): string => (special.test(text) ? text.replace(specials, escapeOne) : text);

const plainBase = 0x2800;
const markBase = 0x2900;

/**
 * Hides everything that has a meaning for cdktn or HCL in a user's text (quotes, line ends, `${`, our own marks) on its way
 * through cdktn; `quote` gives it back as plain, escaped text.
 */
export const guard = (text: string): string =>
  text.replace(specials, (found) => {
    if (found.length === 2) return `${found[0]}${guardMark}${String.fromCharCode(plainBase + 0x7b)}`;
    const code = found.charCodeAt(0);
    return guardMark + String.fromCharCode(code >= 0xe000 ? markBase + code - 0xe000 : plainBase + code);
  });

const unguard = (text: string): string =>
  text.replace(/\uE002(.)/g, (_, next: string) => {
    const code = next.charCodeAt(0);
    return String.fromCharCode(code >= markBase ? code - markBase + 0xe000 : code - plainBase);
  });

const closing = (text: string, from: number): number => {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
      else if (char === '$' && text[at + 1] === '{') at = closing(text, at + 1);
    } else if (char === '"') quoted = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new Error(`expression without an end: ${text}`);
};

const literal = (text: string, holes: boolean): string => {
  if (!holes) return escapeText(unguard(text));
  return text.split(/(\uE000\d+\uE001)/).map((part) => (part.startsWith(holeStart) ? part : escapeText(unguard(part)))).join('');
};

/** Data can stand inside an expression of ours only within quotes, where it is escaped like everywhere else. */
const expressionText = (text: string): string => text.replace(/[$%]?\uE002./g, (found) => escapeText(unguard(found)));

/**
 * A string argument as HCL: `"…"` with everything escaped but expressions of ours, and a bare expression where the string is
 * nothing but one. With `holes`, marks of a template are left as they are.
 */
export const quote = (text: string, holes: boolean): string => {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', at)) {
    const end = closing(text, open + 1);
    if (open === 0 && end === text.length - 1) return expressionText(text.slice(2, -1));
    parts.push(literal(text.slice(at, open), holes), `\${${expressionText(text.slice(open + 2, end))}}`);
    at = end + 1;
  }
  parts.push(literal(text.slice(at), holes));
  return `"${parts.join('')}"`;
};

/** True when `terraform fmt` and a reader are content with the key without quotes. */
export const isIdentifier = (key: string): boolean => /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key);
