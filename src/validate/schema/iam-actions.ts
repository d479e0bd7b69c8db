import { readFileSync } from 'node:fs';
import { schemaFile } from './schema-for.ts';

let text: string | undefined;
const lines = new Map<string, string | undefined>();

/** The actions of a service of IAM, in small letters. */
export interface Actions {
  readonly all: () => readonly string[];
  readonly has: (action: string) => boolean;
  /**
   * The forms of the resources that an action is about, as `s3:.*`: the service and the resource of an ARN. Undefined
   * where it is not known, or is of every kind.
   */
  readonly resources: (action: string) => readonly string[] | undefined;
}

/** The actions of a service; undefined of a service that IAM does not have. Read when first asked for. */
export function actionsOf(service: string): Actions | undefined {
  if (!lines.has(service)) lines.set(service, lineOf(service));
  const line = lines.get(service);
  if (line === undefined) return undefined;
  // A service has hundreds of them, and most are asked for one.
  return {
    all: () =>
      line
        .split(' | ', 1)[0]!
        .split(' ')
        .slice(1)
        .map((one) => one.split(':', 1)[0]!),
    has: (action) => `${line} `.includes(` ${action} `) || line.includes(` ${action}:`),
    resources: (action) => resourcesIn(line, action),
  };
}

/** The prefixes of all services. */
export function services(): readonly string[] {
  return all()
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

function all(): string {
  text ??= `\n${readFileSync(schemaFile('iam-actions.txt'), 'latin1')}`;
  return text;
}

function lineOf(service: string): string | undefined {
  const start = all().indexOf(`\n${service} `);
  return start < 0 ? undefined : all().slice(start + 1, all().indexOf('\n', start + 1));
}
