import { isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type ConditionValues, isPossible } from '../../model/conditions.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { literal } from './look.ts';

/**
 * A text or number, or the default of the parameter that a value refers to: what the template is created with.
 * @param known the conditions under which it is used: a default that they exclude is none
 */
export function given(model: Model, value: Json | undefined, known?: ConditionValues): string | undefined {
  const name = isObject(value) ? value['Ref'] : undefined;
  if (typeof name !== 'string') return literal(value);
  const { Type, Default } = objectAt(model.parameters, name);
  // What a parameter of Systems Manager has as its default is the name of another.
  const text = typeof Type === 'string' && !Type.startsWith('AWS::SSM::') ? literal(Default) : undefined;
  if (text === undefined || known === undefined) return text;
  return isPossible(model, known, { parameter: name, value: text }) ? text : undefined;
}

/** The resource of a type that a value refers to by Ref, or by an attribute. */
export function resourceOf(model: Model, value: Json | undefined, type: string): string | undefined {
  if (!isObject(value)) return undefined;
  const attribute = value['Fn::GetAtt'];
  const name = value['Ref'] ?? (Array.isArray(attribute) ? attribute[0] : attribute);
  if (typeof name !== 'string') return undefined;
  const id = name.split('.', 1)[0]!;
  return objectAt(model.resources, id)['Type'] === type ? id : undefined;
}
