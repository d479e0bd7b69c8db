import { existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResourceSchema } from './schema.ts';
import { lineOf } from './sorted-lines.ts';

/** Where the schemas are: beside the bundle, or in the source tree. */
const FOLDERS = ['schemas', '../schemas', '../../aws/generated/schemas'];

const schemas = new Map<string, ResourceSchema | undefined>();
let folder: string | undefined;
/** Stays open: a template has a dozen types. */
let file: number | undefined;
let index: Buffer | undefined;
const places = new Map<string, Place | undefined>();

/** Where a type's schema is in the file. */
type Place = readonly [offset: number, length: number];

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
  return indexBytes()
    .toString('latin1')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(' ')));
}

/** Where the schemas come from and of which day they are, as a sentence. */
export function aboutSchemas(): string {
  return `${indexBytes().toString('latin1', 0, indexBytes().indexOf(' (MIT-0)'))}.`;
}

/** A file beside the schemas. */
export function schemaFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  folder ??= FOLDERS.map((path) => join(here, path)).find((path) => existsSync(join(path, 'index.txt')));
  if (folder === undefined) throw new Error('The schemas of the resource types are missing: run npm run build.');
  return join(folder, name);
}

function indexBytes(): Buffer {
  index ??= readFileSync(schemaFile('index.txt'));
  return index;
}

function placeOf(type: string): Place | undefined {
  if (!places.has(type)) places.set(type, findPlace(type));
  return places.get(type);
}

/** The first line of the index says where the schemas come from. */
function findPlace(type: string): Place | undefined {
  if (!/^[A-Za-z0-9:]+$/.test(type)) return undefined;
  const [offset, length] = lineOf(indexBytes(), type, indexBytes().indexOf('\n') + 1)?.split(' ') ?? [];
  return offset === undefined || length === undefined ? undefined : [Number(offset), Number(length)];
}

function read(type: string): ResourceSchema | undefined {
  const place = placeOf(type);
  if (place === undefined) return undefined;
  const [offset, length] = place;
  file ??= openSync(schemaFile('schemas.jsonl'), 'r');
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const count = readSync(file, bytes, at, length - at, offset + at);
    if (count === 0) throw new Error('The schemas of the resource types are cut off: install podlaunch again.');
    at += count;
  }
  return { typeName: type, ...JSON.parse(bytes.toString('latin1')) };
}
