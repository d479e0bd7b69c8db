import type { Template } from '../aws/template.ts';
import type { Config } from '../config/config.ts';
import { VERSION } from '../version.ts';
import type { ReleaseLocation } from './release-location.ts';

/** What stacks are made of: podlaunch.yaml, complete, and what travels with the templates. */
export interface Settings extends Config {
  /** What is copied to the nodes' bucket; its hash stands in the templates. */
  readonly assets: { readonly sha256: string };
  /** Where the release will lie; without it nothing is copied, and an output says what to run instead. */
  readonly location: ReleaseLocation | undefined;
}

/** A stack: what it is called, what it says of itself, and how it is made. */
export interface Stack<Name extends string = string> {
  readonly name: Name;
  /** In a few words, for a picture. */
  readonly summary: string;
  /** What it makes, for its Description. */
  readonly title: string;
  /** A sentence for the top of its file. */
  readonly about: string;
  readonly build: (template: Template, settings: Settings) => void;
}

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
  return stacks.map(({ name }) => `${name}.yaml`).join(' and ');
}
