import { type FunctionCall, has, isObject } from '../../document/intrinsics.ts';
import { isListType } from '../../document/parameter-value.ts';
import { typeMade } from '../model/macros.ts';
import { type Model, objectAt } from '../model/model.ts';
import { attributeSchema } from './attributes.ts';
import type { SchemaFault } from './keywords.ts';
import type { Schema } from './schema.ts';
import { schemaFor } from './schema-for.ts';

/** Functions that give a list, or a text, with the code of a wrong place. Others may give anything. */
const GIVES: Readonly<Record<string, { readonly code: string; readonly type: 'array' | 'string' }>> = {
  'Fn::Base64': { code: 'E1021', type: 'string' },
  'Fn::Cidr': { code: 'E1024', type: 'array' },
  'Fn::GetAZs': { code: 'E1015', type: 'array' },
  'Fn::Join': { code: 'E1022', type: 'string' },
  'Fn::Split': { code: 'E1018', type: 'array' },
  'Fn::Sub': { code: 'E1019', type: 'string' },
};

/** What is wrong with a function where a schema says which type is needed: a list for a text, or the reverse. */
export function functionFault(model: Model, call: FunctionCall, { type }: Schema): SchemaFault | undefined {
  const wanted = type === undefined ? [] : [type].flat();
  const gives = givenBy(model, call);
  if (!gives || wanted.length === 0) return undefined;
  const scalar = wanted.some((one) => one !== 'array' && one !== 'object');
  if (gives.type === 'array' ? wanted.includes('array') : scalar) return undefined;
  const given = gives.type === 'array' ? 'a list' : 'a text';
  const needed = wanted.includes('array')
    ? 'a list'
    : wanted.includes('object')
      ? 'a mapping of keys'
      : 'a single value';
  return { code: gives.code, message: `${call.name} gives ${given} here, but ${needed} is needed.` };
}

function givenBy(model: Model, { name, argument }: FunctionCall): (typeof GIVES)[string] | undefined {
  if (name === 'Ref') return refGives(model, argument);
  return name === 'Fn::GetAtt' ? attributeGives(model, argument) : GIVES[name];
}

function refGives({ parameters, resources }: Model, name: unknown): (typeof GIVES)[string] | undefined {
  if (typeof name !== 'string' || name === 'AWS::NoValue') return undefined;
  const parameter = parameters[name];
  if (isObject(parameter)) return { code: 'E1020', type: isListType(parameter['Type']) ? 'array' : 'string' };
  if (name === 'AWS::NotificationARNs') return { code: 'E1020', type: 'array' };
  const isText = name.startsWith('AWS::') || Object.keys(objectAt(resources, name)).length > 0;
  return isText ? { code: 'E1020', type: 'string' } : undefined;
}

/** An attribute that is a list, or a text, for all that its type's schema says. */
function attributeGives({ resources }: Model, argument: unknown): (typeof GIVES)[string] | undefined {
  const [name, attribute] = Array.isArray(argument) ? argument : [];
  if (typeof name !== 'string' || typeof attribute !== 'string') return undefined;
  const type = has(resources, name) ? typeMade(resources[name]) : undefined;
  const root = type === undefined ? undefined : schemaFor(type);
  const given = root && attributeSchema(root, attribute)?.type;
  if (given === 'array') return { code: 'E1010', type: 'array' };
  return given === 'string' && !attribute.startsWith('Outputs.') ? { code: 'E1010', type: 'string' } : undefined;
}
