// Takes the examples out of the rules that validate loads: they are half of their text, and only tests and docs show them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is a table of rules, in src/validate/rules; what lies in base/ is shared. */
const TABLES =
  /[\\/]src[\\/]validate[\\/]rules[\\/](?:checked\.ts|(?:functions|language|properties|services)[\\/][^\\/]+\.ts)$/;

/**
 * The rules as validate.ts imports them are without examples. As anything else imports them, they are as they are written.
 * @type {import('esbuild').Plugin}
 */
export const withoutExamples = {
  name: 'without-examples',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, importer, namespace, resolveDir }) => {
      const file = join(resolveDir, path);
      const isAsked = namespace === 'without-examples' || /[\\/]src[\\/]validate[\\/]validate\.ts$/.test(importer);
      if (!isAsked || !TABLES.test(file)) return undefined;
      return { path: file, namespace: 'without-examples' };
    });
    onLoad({ filter: /.*/, namespace: 'without-examples' }, ({ path }) => ({
      contents: strip(readFileSync(path, 'utf8')),
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/** The text of a module with `bad: [],` for each list of bad examples, and so for good ones. Lines stay where they are. @param {string} source */
export function strip(source) {
  const entry = /^( +)(bad|good): \[/gm;
  let stripped = '';
  let from = 0;
  for (let match = entry.exec(source); match; match = entry.exec(source)) {
    const start = match.index + match[0].length;
    const end = closing(source, start);
    const lines = source.slice(start, end).replaceAll(/[^\n]/g, '');
    stripped += `${source.slice(from, start)}${lines}`;
    from = end;
    entry.lastIndex = end;
  }
  return stripped + source.slice(from);
}

/** Where the bracket is that closes a list, whose text starts at a place. @param {string} source @param {number} from */
function closing(source, from) {
  const open = [']'];
  for (let at = from; at < source.length; at++) {
    const char = source[at] ?? '';
    const inTemplate = open.at(-1) === '`';
    if (char === '\\') at++;
    else if (char === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at;
    } else if (inTemplate) {
      if (char === '$' && source[at + 1] === '{') {
        open.push('}');
        at++;
      }
    } else if (char === '`') open.push('`');
    else if (char === "'" || char === '"') at = quoteEnd(source, at);
    else if (char === '[') open.push(']');
    else if (char === '{') open.push('}');
    else if (char === '(') open.push(')');
  }
  throw new Error('A list of examples is not closed');
}

/** @param {string} source @param {number} start */
function quoteEnd(source, start) {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === source[start]) return at;
  }
  throw new Error('A text among the examples is not closed');
}
