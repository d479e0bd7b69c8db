import type { Json } from '../../document/template-document.ts';
import type { Hint } from '../model/finding.ts';
import { didYouMean } from '../model/shape.ts';
import { FORMATS } from './formats.ts';
import { matches } from './patterns.ts';
import { type Place, subjectOf } from './place.ts';
import type { Schema } from './schema.ts';

/** What is wrong with a value, with cfn-lint's id for it. */
export interface SchemaFault {
  readonly code: string;
  readonly message: string;
  readonly hint?: Hint | undefined;
  /** The key within the value that is too much. Default: the value itself. */
  readonly at?: string | undefined;
}

/** Whether a value is of one of a schema's types, as CloudFormation takes it: "5" is a number, 5 and true are text. */
export function hasType(value: Json, schema: Schema): boolean {
  if (schema.type === undefined) return true;
  const { type } = schema;
  return typeof type === 'string' ? isOfType(value, type) : type.some((one) => isOfType(value, one));
}

function isOfType(value: Json, type: string): boolean {
  if (value === null) return type === 'null';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  if (typeof value === 'object') return false;
  if (type === 'string') return true;
  if (type === 'boolean') return typeof value === 'boolean' || /^(?:true|false)$/i.test(String(value));
  if (typeof value === 'boolean' || String(value).trim() === '') return false;
  const number = Number(value);
  return type === 'integer' ? Number.isInteger(number) : !Number.isNaN(number);
}

/** What is wrong with a text, number or boolean of the right type. A dynamic reference may become anything. */
export function scalarFaults(value: string | number | boolean, schema: Schema, at: Place): readonly SchemaFault[] {
  if (typeof value === 'string' && value.includes('{{resolve:')) return [];
  const faults = [choice(value, schema, at)];
  if (typeof value === 'string')
    faults.push(length(value, schema, at), pattern(value, schema, at), format(value, schema, at));
  faults.push(range(value, schema, at));
  return faults.filter((fault) => fault !== undefined);
}

function choice(
  value: Json,
  { enum: one, enumCaseInsensitive: any, const: only }: Schema,
  at: Place,
): SchemaFault | undefined {
  const listed = one ?? any ?? (only === undefined ? undefined : [only]);
  if (!listed) return undefined;
  const text = String(value);
  const allowed = listed.map(String);
  if (allowed.includes(text)) return undefined;
  if (any && allowed.some((item) => item.toLowerCase() === text.toLowerCase())) return undefined;
  const hint = didYouMean(text, allowed, `It is one of ${allowed.join(', ')}.`);
  return { code: 'E3030', message: `${subjectOf(at)} is not one of the allowed values.`, hint };
}

function length(value: string, { minLength = 0, maxLength = Infinity }: Schema, at: Place): SchemaFault | undefined {
  const count = value.length > maxLength || minLength > 0 ? [...value].length : value.length;
  if (count < minLength)
    return { code: 'E3033', message: `${subjectOf(at)} must have at least ${minLength} characters, not ${count}.` };
  if (count > maxLength)
    return { code: 'E3033', message: `${subjectOf(at)} must have at most ${maxLength} characters, not ${count}.` };
  return undefined;
}

function pattern(value: string, { pattern: source }: Schema, at: Place): SchemaFault | undefined {
  if (source === undefined || matches(source, value)) return undefined;
  return {
    code: 'E3031',
    message: `${subjectOf(at)} does not match its pattern.`,
    hint: `It must match ${source}`,
  };
}

function format(value: string, { format: name }: Schema, at: Place): SchemaFault | undefined {
  const known = name === undefined ? undefined : FORMATS[name];
  if (!known || known.fits(value)) return undefined;
  return {
    code: known.code,
    message: `${subjectOf(at)} is not a valid ${known.what}.`,
    hint: `For example: ${known.example}`,
  };
}

/** Some texts have one of several forms: the id of a key, its ARN, or its alias. */
export function formsFault(value: string, schemas: readonly Schema[], at: Place): SchemaFault | undefined {
  const forms = schemas.map(({ format: name }) => FORMATS[name ?? '']);
  if (!forms.every((one) => one !== undefined) || forms.some((one) => one.fits(value))) return undefined;
  return {
    code: 'E3017',
    message: `${subjectOf(at)} must be one of: ${forms.map(({ what }) => what).join(', ')}.`,
    hint: `For example: ${forms[0]?.example}`,
  };
}

/** Whether a schema takes numbers, or does not say what it takes. */
function isForNumbers({ type }: Schema): boolean {
  return [type].flat().some((one) => one === 'integer' || one === 'number' || one === undefined);
}

function range(value: string | number | boolean, schema: Schema, at: Place): SchemaFault | undefined {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (schema.type === 'string' || !isForNumbers(schema)) return undefined;
  const number = Number(value);
  if (Number.isNaN(number) || typeof value === 'boolean' || value === '') return undefined;
  const code = 'E3034';
  if (number < minimum) return { code, message: `${subjectOf(at)} must be at least ${minimum}, not ${number}.` };
  if (number > maximum) return { code, message: `${subjectOf(at)} must be at most ${maximum}, not ${number}.` };
  if (exclusiveMinimum !== undefined && number <= exclusiveMinimum)
    return { code, message: `${subjectOf(at)} must be more than ${exclusiveMinimum}, not ${number}.` };
  if (exclusiveMaximum !== undefined && number >= exclusiveMaximum)
    return { code, message: `${subjectOf(at)} must be less than ${exclusiveMaximum}, not ${number}.` };
  if (multipleOf !== undefined && !Number.isInteger(Number((number / multipleOf).toFixed(6))))
    return { code, message: `${subjectOf(at)} must be a multiple of ${multipleOf}, not ${number}.` };
  return undefined;
}
