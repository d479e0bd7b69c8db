import { existsSync, readFileSync } from 'node:fs';
import type { Json } from '../../document/template-document.ts';

/** A JSON Schema (draft-07, with the keywords that CloudFormation's registry adds), as far as it is read here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly requiredOr?: readonly string[];
  readonly requiredXor?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentExcluded?: Readonly<Record<string, readonly string[]>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly maxUniqueItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly enumCaseInsensitive?: readonly Json[];
  readonly const?: Json;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** The schema of a resource type. */
export interface ResourceSchema extends Schema {
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** What Fn::GetAtt gives, by name. */
  readonly attributes: Readonly<Record<string, Schema>>;
  readonly readOnlyProperties?: readonly string[];
}

/** Where the schemas lie: beside the bundle, or in the source tree. */
const FOLDERS = ['./schemas/', '../schemas/', '../../aws/generated/schemas/'];

const schemas = new Map<string, ResourceSchema | undefined>();
let folder: URL | undefined;

/** The schema of a resource type, or undefined of a type that podlaunch has none for. Read when first asked for. */
export function schemaFor(type: string): ResourceSchema | undefined {
  if (!/^[A-Za-z0-9]+(?:::[A-Za-z0-9]+)+$/.test(type)) return undefined;
  if (!schemas.has(type)) schemas.set(type, read(type));
  return schemas.get(type);
}

function read(type: string): ResourceSchema | undefined {
  folder ??= FOLDERS.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (folder === undefined) return undefined;
  const file = new URL(`${type.replaceAll('::', '_')}.json`, folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
