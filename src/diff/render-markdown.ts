import { printable } from '../diagnostics/printable.ts';
import { type DescribedEntry, type Detail, describe, summary } from './describe.ts';
import type { ReleaseDiff } from './release-diff.ts';
import { shortValues } from './short-value.ts';

/** A diff as Markdown, for a changelog or a pull request: headings of the second and third level. */
export function diffAsMarkdown({ before, after, templates, files }: ReleaseDiff): string {
  const blocks = templates.map(({ file, action, diff }) => {
    const title = `### ${code(file)}`;
    if (diff === undefined) return `${title}\n\nThe template is ${action === 'add' ? 'new' : 'gone'}.`;
    const parts = describe(diff).map(({ title: name, entries }) => `**${name}**\n\n${entries.map(item).join('\n')}`);
    return [title, `${summary(diff)}.`, ...parts].join('\n\n');
  });
  const words = { add: 'is new', remove: 'is gone', change: 'differs' } as const;
  const others = files.map(({ path, action }) => `- ${code(path)} ${words[action]}`);
  const all = [...blocks, ...(others.length > 0 ? [`### Other files\n\n${others.join('\n')}`] : [])];
  const body = all.length === 0 ? 'Nothing differs.' : all.join('\n\n');
  return `## From ${code(before)} to ${code(after)}\n\n${body}\n`;
}

function item({ tone, name, type, words, details, notes }: DescribedEntry): string {
  const what = tone === 'danger' ? `**${words}**` : words;
  const head = `- ${code(name)}${type === undefined ? '' : ` (${code(type)})`} ${what}.`;
  return [[head, ...notes].join(' '), ...details.map((detail) => `  - ${detailWords(detail)}`)].join('\n');
}

function detailWords({ place, change, words }: Detail): string {
  const values = change && shortValues(change.before, change.after).map(code).join(' → ');
  const what = [values, words].filter((one) => one !== undefined).join('; ');
  return place === '' ? what : what === '' ? code(place) : `${code(place)}: ${what}`;
}

/** Text as a code span, whatever backticks are in it: https://spec.commonmark.org/0.31.2/#code-spans */
function code(text: string): string {
  const plain = printable(text);
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}
