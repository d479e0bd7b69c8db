import { existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResourceSchema } from './schema.ts';

/** Where the schemas are: beside the bundle, or in the source tree. */
const FOLDERS = ['schemas', '../schemas', '../../aws/generated/schemas'];

const schemas = new Map<string, ResourceSchema | undefined>();
let folder: string | undefined;
/** Stays open: a template has a dozen types. */
let file: number | undefined;
let index: string | undefined;
/** Where types are in the text of the index, as far as they were asked for; after some, of all. */
const known = new Map<string, number | undefined>();
let knowsAll = false;
/** So many are searched in the text one by one: to read all of it costs as much. */
const SEARCHED = 40;

/**
 * The schema of a resource type, or undefined of a type that CloudFormation's registry has not. Of 5.8 MB only the line
 * of the type is read, when it is first asked for.
 */
export function schemaFor(type: string): ResourceSchema | undefined {
  if (!schemas.has(type)) schemas.set(type, read(type));
  return schemas.get(type);
}

/** Whether CloudFormation's registry has a type. */
export function isKnownType(type: string): boolean {
  return placeOf(type) !== undefined;
}

/** The names of all types. */
export function typeNames(): readonly string[] {
  return indexText()
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(' ')));
}

/** Where the schemas come from and of which day they are, as a sentence. */
export function aboutSchemas(): string {
  const end = indexText().indexOf(' (MIT-0)');
  return `${indexText().slice(0, end)}.`;
}

/** A file beside the schemas. */
export function schemaFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  folder ??= FOLDERS.map((path) => join(here, path)).find((path) => existsSync(join(path, 'index.txt')));
  if (folder === undefined) throw new Error('The schemas of the resource types are missing: run npm run build.');
  return join(folder, name);
}

function indexText(): string {
  index ??= readFileSync(schemaFile('index.txt'), 'latin1');
  return index;
}

/** Place and length of a type's schema in the file. */
function placeOf(type: string): readonly [offset: number, length: number] | undefined {
  const text = indexText();
  if (!/^[A-Za-z0-9:]+$/.test(type)) return undefined;
  const line = lineOf(type);
  if (line === undefined) return undefined;
  const [offset, length] = text.slice(line + type.length + 2, text.indexOf('\n', line + 1)).split(' ');
  return [Number(offset), Number(length)];
}

function lineOf(type: string): number | undefined {
  if (knowsAll || known.has(type)) return known.get(type);
  const text = indexText();
  if (known.size >= SEARCHED) {
    known.clear();
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      known.set(text.slice(at + 1, text.indexOf(' ', at)), at);
    knowsAll = true;
    return known.get(type);
  }
  const at = text.indexOf(`\n${type} `);
  known.set(type, at < 0 ? undefined : at);
  return known.get(type);
}

function read(type: string): ResourceSchema | undefined {
  const [offset, length] = placeOf(type) ?? [];
  if (offset === undefined || length === undefined) return undefined;
  file ??= openSync(schemaFile('schemas.jsonl'), 'r');
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const count = readSync(file, bytes, at, length - at, offset + at);
    if (count === 0) throw new Error('The schemas of the resource types are cut off: install podlaunch again.');
    at += count;
  }
  return { typeName: type, ...JSON.parse(bytes.toString('latin1')) };
}
