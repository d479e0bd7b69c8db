import { printable } from '../diagnostics/printable.ts';
import { allChanges, type StackChange } from './changes.ts';

const RED = 31;
const GREEN = 32;
const YELLOW = 33;

/** Writes a text in a colour. */
export type Paint = (colour: number, text: string) => string;

/** The changes of a change set as a tree: what is replaced or removed comes first, and is red. */
export function changesAsText(changes: readonly StackChange[], paint: Paint): string {
  const all = allChanges(changes);
  const count = (words: string, test: (change: StackChange) => boolean): string[] => {
    const number = all.filter(test).length;
    return number === 0 ? [] : [`${number} ${words}`];
  };
  const counts = [
    ...count('replaced', ({ replaced }) => replaced === 'yes'),
    ...count('perhaps replaced', ({ replaced }) => replaced === 'maybe'),
    ...count('removed', ({ action }) => action === 'remove'),
    ...count('changed', ({ action, replaced }) => (action === 'modify' || action === 'dynamic') && replaced === 'no'),
    ...count('new', ({ action }) => action === 'add'),
    ...count('imported', ({ action }) => action === 'import'),
  ];
  return [...branches(changes, '', paint), counts.join(', ') || 'no resource changes'].join('\n');
}

function branches(changes: readonly StackChange[], indent: string, paint: Paint): readonly string[] {
  const sorted = [...changes].sort((a, b) => weight(b) - weight(a));
  return sorted.flatMap((change, index) => {
    const isLast = index === sorted.length - 1;
    const below = `${indent}${isLast ? '   ' : '│  '}`;
    const nested = branches(change.nested ?? [], below, paint);
    const causes = change.action === 'add' ? [] : change.causes;
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${paint(colourOf(change), printable(wordsOf(change)))}`,
      ...causes.map((cause) => `${below}${nested.length > 0 ? '│' : ' '}    ${printable(cause)}`),
      ...nested,
    ];
  });
}

const OLD = {
  deleted: 'the old one is deleted',
  kept: 'the old one is kept',
  snapshot: 'the old one leaves a snapshot',
};
const GONE = { deleted: 'deleted', kept: 'no longer in the stack, but kept', snapshot: 'deleted after a snapshot' };

function wordsOf({ action, id, type, replaced, old = 'deleted' }: StackChange): string {
  const name = `${id} (${type})`;
  if (replaced === 'yes') return `± ${name} is REPLACED; ${OLD[old]}`;
  if (replaced === 'maybe') return `± ${name} may be REPLACED; then ${OLD[old]}`;
  if (action === 'remove') return `- ${name} is ${GONE[old]}`;
  if (action === 'add') return `+ ${name}`;
  if (action === 'import') return `> ${name} is imported`;
  return `~ ${name}`;
}

function colourOf({ action, replaced }: StackChange): number {
  if (replaced !== 'no' || action === 'remove') return RED;
  return action === 'add' || action === 'import' ? GREEN : YELLOW;
}

function weight({ action, replaced }: StackChange): number {
  return replaced === 'yes' ? 4 : replaced === 'maybe' ? 3 : action === 'remove' ? 2 : action === 'add' ? 0 : 1;
}
