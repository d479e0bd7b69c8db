import { readFileSync } from 'node:fs';
import { schemaFile } from './schema-for.ts';
import { lineOf } from './sorted-lines.ts';

let bytes: Buffer | undefined;
const known = new Map<string, Actions | undefined>();

/** The actions of a service of IAM, in small letters. */
export interface Actions {
  readonly all: () => readonly string[];
  readonly has: (action: string) => boolean;
  /** Whether one matches a pattern of words, `*` and `?`. */
  readonly hasLike: (pattern: string) => boolean;
  /**
   * The forms of the resources that an action is about, as `s3:.*`: the service and the resource of an ARN. Undefined
   * where it is not known, or is of every kind.
   */
  readonly resources: (action: string) => readonly string[] | undefined;
}

/** The actions of a service; undefined of a service that IAM does not have. Read when first asked for. */
export function actionsOf(service: string): Actions | undefined {
  if (!known.has(service)) {
    const line = lineOf(all(), service);
    known.set(service, line === undefined ? undefined : actionsIn(` ${line}`));
  }
  return known.get(service);
}

/** The actions of a line, each after a space. A service has hundreds of them, and most are asked for one. */
function actionsIn(line: string): Actions {
  const end = line.indexOf(' | ');
  const names = end < 0 ? line : line.slice(0, end);
  return {
    all: () =>
      names
        .split(' ')
        .slice(1)
        .map((one) => one.split(':', 1)[0]!),
    has: (action) => hasWord(names, action),
    hasLike: (pattern) => {
      const parts = pattern.replaceAll('?', '\\w').split(/\*+/);
      return new RegExp(` ${parts.join('\\w*')}(?![\\w])`).test(names);
    },
    resources: (action) => resourcesIn(line, action),
  };
}

/** Whether a line has an action: a space is before it, and a space, `:` or nothing after it. */
function hasWord(line: string, word: string): boolean {
  for (let at = line.indexOf(` ${word}`); at >= 0; at = line.indexOf(` ${word}`, at + 1)) {
    const next = line[at + 1 + word.length];
    if (next === undefined || next === ' ' || next === ':') return true;
  }
  return false;
}

/** The prefixes of all services. */
export function services(): readonly string[] {
  return all()
    .toString('latin1')
    .split('\n')
    .map((line) => line.split(' ', 1)[0]!)
    .filter((name) => name !== '');
}

/** An action has the numbers of its resources after `:`; these follow after `|`. */
function resourcesIn(line: string, action: string): readonly string[] | undefined {
  const start = line.indexOf(` ${action}:`);
  if (start < 0) return undefined;
  const numbers = line.slice(start + action.length + 2, line.indexOf(' ', start + 1)).split(',');
  const forms = line.slice(line.indexOf(' | ') + 3).split(' ');
  return numbers.flatMap((number) => forms[Number(number)]!.split(','));
}

function all(): Buffer {
  bytes ??= readFileSync(schemaFile('iam-actions.txt'));
  return bytes;
}
