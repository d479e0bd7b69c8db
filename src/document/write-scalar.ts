/** What a YAML 1.1 or 1.2 reader takes for a boolean, null (https://yaml.org/type/bool.html) or a number without digits before e. */
const WORDS = /^(?:y|n|yes|no|true|false|on|off|null|e[-+]?[0-9]+)$/i;

/** Text that both read as the same string when it is bare: it starts with a letter or slash and is printable ASCII. */
const BARE = /^[A-Za-z/][\x20-\x7e]*$/;

/** Within brackets, where `,`, `[` and `]` end a value, and PyYAML stumbles over `:`. */
const BARE_IN_FLOW = /^[A-Za-z/][A-Za-z0-9_./-]*$/;

/** What YAML does not count as printable, or a reader may take for a line break or a byte order mark. */
const UNPRINTABLE = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Writes a string so that YAML 1.1 and YAML 1.2 both read it back as the same string. */
export function quoteString(text: string, inFlow = false): string {
  if (isBare(text, inFlow)) return text;
  if (text.includes('\n') || text.search(UNPRINTABLE) >= 0) return escapeString(text);
  return `'${text.replaceAll("'", "''")}'`;
}

function isBare(text: string, inFlow: boolean): boolean {
  if (WORDS.test(text)) return false;
  if (inFlow) return BARE_IN_FLOW.test(text);
  return BARE.test(text) && !/: | #|[: ]$/.test(text);
}

/** Double quotes; what YAML does not print as \uXXXX, which both versions know. */
function escapeString(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes a number, a boolean or null. Numbers with an exponent get the decimal point that YAML 1.1 asks for. */
export function writePlainScalar(value: number | boolean | null): string {
  const text = String(value);
  return typeof value === 'number' && /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text;
}

/** Whether a text of several lines can be written as a literal block and be read back unchanged. */
export function fitsLiteralBlock(text: string): boolean {
  return /^\S/.test(text) && text.includes('\n') && !/ \n| $|\n\n$/.test(text) && text.search(UNPRINTABLE) < 0;
}
