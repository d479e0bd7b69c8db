import type { Json } from '../../document/template-document.ts';

/** A JSON Schema (draft-07, with the keywords that CloudFormation's registry and cfn-lint add), as far as it is read here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema | boolean>>;
  readonly patternProperties?: Readonly<Record<string, Schema | boolean>>;
  /** Left out: an object with properties has no others, and one without them has any. */
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly requiredOr?: readonly string[];
  readonly requiredXor?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentExcluded?: Readonly<Record<string, readonly string[]>>;
  readonly dependencies?: Readonly<Record<string, readonly string[] | Schema>>;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly contains?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly uniqueKeys?: readonly string[];
  readonly maxUniqueItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly enumCaseInsensitive?: readonly Json[];
  readonly const?: Json;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema | boolean;
  readonly else?: Schema | boolean;
  /** What Ref or GetAtt must give here, where the property's name says it (the generator's, not the registry's). */
  readonly refersTo?: string;
}

/** Values of a resource that must go together: one of cfn-lint's rules that are schemas. */
export interface Combination {
  readonly code: string;
  /** Where in the properties it is looked for; `*` is every entry. */
  readonly at: readonly string[];
  readonly schema: Schema;
}

/** The schema of a resource type. */
export interface ResourceSchema extends Schema {
  readonly typeName: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly readOnlyProperties?: readonly string[];
  /** Pointers to what only a new resource gets: a change replaces it. */
  readonly createOnlyProperties?: readonly string[];
  /** The same where it depends on the old and the new value. */
  readonly conditionalCreateOnlyProperties?: readonly string[];
  /** Which comes first where a resource is replaced. */
  readonly replacementStrategy?: 'create_then_delete' | 'delete_then_create';
  readonly deprecatedProperties?: readonly string[];
  readonly primaryIdentifier?: readonly string[];
  /** What Ref gives, where it is not the primary identifier. */
  readonly ref?: string;
  /** Whether Fn::GetAtt gives every property. */
  readonly allAttributes?: boolean;
  /** What Fn::GetAtt gives beside the read-only properties. */
  readonly moreAttributes?: readonly string[];
  readonly combinations?: readonly Combination[];
  readonly lifecycle?: { readonly status: string; readonly date?: string };
}

const merged = new WeakMap<Schema, Schema>();

/** Follows `#/definitions/NAME`; what is beside it counts too. */
export function resolve(root: ResourceSchema, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const before = merged.get(schema);
  if (before) return before;
  const { $ref, ...beside } = schema;
  const path = $ref.split('/').slice(1);
  const found = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], root);
  const target = found === undefined || found === schema ? {} : resolve(root, found as Schema);
  const whole = Object.keys(beside).length === 0 ? target : { ...target, ...beside };
  merged.set(schema, whole);
  return whole;
}
