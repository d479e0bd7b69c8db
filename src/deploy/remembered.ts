import { readFileSync } from 'node:fs';
import { refuse } from '../diagnostics/refusal.ts';
import { writeFiles } from '../files/write-files.ts';

/** A thing that stayed when its stack was deleted. */
export interface KeptThing {
  readonly type: string;
  readonly id: string;
}

/** What the file remembers of a stack. Secrets are never in it. */
export interface RememberedStack {
  /** Values that somebody gave, by name of the parameter. */
  readonly values?: Readonly<Record<string, string>>;
  /** What stayed when it was deleted, and is still to be removed with --data. */
  readonly kept?: readonly KeptThing[];
}

/** The answers of earlier runs, by `REGION/STACK`. */
export interface Remembered {
  readonly stacks: Readonly<Record<string, RememberedStack>>;
}

/** The file in the folder in which the command runs. */
export const REMEMBERED = '.podlaunch-deploy.json';

/** Reads the file; nothing is remembered where there is none. @throws Refusal PL8510 for one that is something else */
export function readRemembered(file: string): Remembered {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { stacks: {} };
    throw unreadable(file, `it cannot be read (${code})`);
  }
  const value = parsed(text);
  const stacks = isRecord(value) ? value['stacks'] : undefined;
  if (isRecord(stacks) && Object.values(stacks).every(isStack)) return { stacks: stacks as Remembered['stacks'] };
  throw unreadable(file, 'it is not a file of podlaunch deploy');
}

/** Remembers something of a stack, beside what is known of the others; only its owner may read the file. */
export function rememberStack(file: string, stack: string, what: RememberedStack): void {
  const { stacks } = readRemembered(file);
  const all = { ...stacks, [stack]: { ...stacks[stack], ...what } };
  writeFiles([{ path: file, content: `${JSON.stringify({ stacks: all }, null, 2)}\n`, mode: 0o600 }]);
}

function isStack(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { values = {}, kept = [] } = value;
  const isThing = (thing: unknown) =>
    isRecord(thing) && typeof thing['type'] === 'string' && typeof thing['id'] === 'string';
  return (
    isRecord(values) &&
    Object.values(values).every((one) => typeof one === 'string') &&
    Array.isArray(kept) &&
    kept.every(isThing)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(file: string, why: string): Error {
  return refuse({
    code: 'PL8510',
    message: `The answers of earlier runs are not known: ${file}: ${why}.`,
    hint: 'Move the file away, or name another with --answers. Nothing but answers is in it.',
  });
}
