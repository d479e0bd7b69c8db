/** The next token; a string, number or word counts only when it is complete. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])))/y;
const SPACE = /[ \t\r\n]*/y;

/** What may come next, in the words of a message. */
type Expected =
  | 'a value'
  | 'a value or ]'
  | 'a key in double quotes'
  | 'a key in double quotes, or }'
  | 'a colon'
  | 'a comma or ]'
  | 'a comma or }'
  | 'the end';

/**
 * Where a text that is not JSON goes wrong, and what should be there: JSON.parse names no place for most faults, and
 * quotes what may be a secret. Takes no recursion, so no depth is too deep.
 */
export function jsonFault(text: string): { readonly at: number; readonly expected: Expected } {
  const open: string[] = [];
  let expected: Expected = 'a value';
  for (let at = 0; ; ) {
    TOKEN.lastIndex = at;
    const [, sign, string, other] = TOKEN.exec(text) ?? [];
    const next = follow(sign ?? (string === undefined ? other && 'value' : 'string'), expected, open);
    if (next === undefined) {
      SPACE.lastIndex = at;
      SPACE.exec(text);
      return { at: SPACE.lastIndex, expected };
    }
    at = TOKEN.lastIndex;
    expected = next;
  }
}

/** What may come after a token; undefined where the token may not come itself. Keeps `open` up to date. */
function follow(token: string | undefined, expected: Expected, open: string[]): Expected | undefined {
  switch (token) {
    case '{':
    case '[':
      if (!expected.startsWith('a value')) return undefined;
      open.push(token);
      return token === '{' ? 'a key in double quotes, or }' : 'a value or ]';
    case '}':
    case ']':
      if (!expected.endsWith(`or ${token}`)) return undefined;
      open.pop();
      return afterValue(open);
    case ',':
      if (!expected.startsWith('a comma')) return undefined;
      return open.at(-1) === '{' ? 'a key in double quotes' : 'a value';
    case ':':
      return expected === 'a colon' ? 'a value' : undefined;
    case 'string':
      if (expected.startsWith('a key')) return 'a colon';
      return expected.startsWith('a value') ? afterValue(open) : undefined;
    default:
      return token !== undefined && expected.startsWith('a value') ? afterValue(open) : undefined;
  }
}

function afterValue(open: readonly string[]): Expected {
  const last = open.at(-1);
  if (last === undefined) return 'the end';
  return last === '{' ? 'a comma or }' : 'a comma or ]';
}
