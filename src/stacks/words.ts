import { VERSION } from '../version.ts';
import type { Stack } from './stack.ts';
import { templateFile } from './stack-name.ts';

/** The Description of a stack: which tool and version made it, which stack it is, what it makes. */
export function description({ name, title }: Stack): string {
  return `podlaunch ${VERSION} ${name} - ${title}`;
}

const PLACES = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];
const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five', 'six'];

/** The comment at the top of a stack's file: what it makes, which of the stacks it is, and that nobody edits it. */
export function heading(stack: Stack, stacks: readonly Stack[]): string {
  const index = stacks.indexOf(stack);
  const takes = index > 0 && `takes outputs of ${files(stacks.slice(0, index))}`;
  const gives = index < stacks.length - 1 && `its outputs are parameters of ${files(stacks.slice(index + 1))}`;
  const place = `${PLACES[index]} of ${NUMBERS[stacks.length]}: ${[takes, gives].filter(Boolean).join('; ')}.`;
  return [
    stack.about,
    ...(stacks.length > 1 ? [place] : []),
    'Compiled by podlaunch; edit the TypeScript or podlaunch.yaml, not this file.',
  ].join('\n');
}

function files(stacks: readonly Stack[]): string {
  return stacks.map(({ name }) => templateFile(name)).join(' and ');
}
