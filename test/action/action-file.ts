import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A step of a composite action that runs a script. */
export interface Step {
  readonly name: string;
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What action.yml has. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** The text of action.yml, and what it says. */
export function readAction(): { readonly text: string; readonly action: ActionFile } {
  const text = readFileSync('action.yml', 'utf8');
  return { text, action: parse(text) as ActionFile };
}
