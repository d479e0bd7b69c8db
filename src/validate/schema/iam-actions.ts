import { readFileSync } from 'node:fs';
import { schemaFile } from './schema-for.ts';

let text: string | undefined;
const known = new Map<string, readonly string[] | undefined>();

/** The actions of a service, in small letters; undefined of a service that IAM does not have. Read when first asked for. */
export function actionsOf(service: string): readonly string[] | undefined {
  if (!known.has(service)) known.set(service, lineOf(service)?.split(' ').slice(1));
  return known.get(service);
}

/** The prefixes of all services. */
export function services(): readonly string[] {
  return all()
    .split('\n')
    .map((line) => line.split(' ', 1)[0]!)
    .filter((name) => name !== '');
}

function all(): string {
  text ??= `\n${readFileSync(schemaFile('iam-actions.txt'), 'latin1')}`;
  return text;
}

function lineOf(service: string): string | undefined {
  const start = all().indexOf(`\n${service} `);
  return start < 0 ? undefined : all().slice(start + 1, all().indexOf('\n', start + 1));
}
