import { printable } from '../diagnostics/printable.ts';
import { type DescribedEntry, type Detail, describe, summary, type Tone } from './describe.ts';
import type { ReleaseDiff } from './release-diff.ts';
import { shortValues } from './short-value.ts';

const COLOUR: Readonly<Record<Tone, number>> = { danger: 31, removal: 31, warning: 33, addition: 32, plain: 0 };

/** A diff for people: the worst first. Nothing of the templates steers the terminal. */
export function diffAsText({ templates, files }: ReleaseDiff, colours: boolean): string {
  const paint = (tone: Tone, text: string) =>
    colours && COLOUR[tone] !== 0 ? `\x1b[${COLOUR[tone]}m${text}\x1b[0m` : text;
  const blocks = templates.map(({ file, action, diff }) => {
    if (diff === undefined)
      return `${printable(file)}: ${action === 'add' ? 'a new template' : 'a template that is gone'}`;
    const lines = describe(diff).flatMap(({ title, entries }) => [
      `  ${title}`,
      ...entries.flatMap((entry) => entryLines(entry, paint)),
    ]);
    return [`${printable(file)}: ${summary(diff)}`, ...lines].join('\n');
  });
  const others = files.map(({ path, action }) => {
    const { sign, tone } = FILE[action];
    return paint(tone, `    ${sign} ${printable(path)}`);
  });
  const all = [...blocks, ...(others.length > 0 ? [['Other files', ...others].join('\n')] : [])];
  return all.length === 0 ? 'Nothing differs.\n' : `${all.join('\n\n')}\n`;
}

const FILE = {
  add: { sign: '+', tone: 'addition' },
  remove: { sign: '-', tone: 'removal' },
  change: { sign: '~', tone: 'plain' },
} as const;

function entryLines(entry: DescribedEntry, paint: (tone: Tone, text: string) => string): string[] {
  const { sign, tone, name, type, words, details, notes } = entry;
  const head = [sign, printable(name), ...(type === undefined ? [] : [`(${printable(type)})`]), words].join(' ');
  return [
    paint(tone, `    ${head}`),
    ...details.map((detail) => `        ${detailLine(detail)}`),
    ...notes.map((note) => `        ${printable(note)}`),
  ];
}

function detailLine({ place, change, words }: Detail): string {
  const values = change && shortValues(change.before, change.after).join(' → ');
  const what = [values, words].filter((one) => one !== undefined).join('; ');
  return printable(what === '' ? place : place === '' ? what : `${place}: ${what}`);
}
