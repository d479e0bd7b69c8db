import { has, isList, isObject, type JsonObject } from '../../document/intrinsics.ts';
import { outcomes } from '../model/conditions.ts';
import type { Finding } from '../model/finding.ts';
import { type Model, objectAt } from '../model/model.ts';
import { ownCondition, propertiesPath } from '../model/resource.ts';
import { wrongKind } from '../model/shape.ts';
import { foundInArguments } from './arguments.ts';
import { checkProperties } from './check.ts';
import { anotherTemplate } from './patterns.ts';
import { schemaFor } from './schema-for.ts';

/**
 * Properties of resources, against the schemas of CloudFormation's registry. Private types and modules have
 * none there: they are named once each, and their properties are not checked.
 */
export function* foundBySchema(model: Model): Generator<Finding> {
  anotherTemplate();
  if (model.hasMacros) return;
  const unknown = new Set<string>();
  for (const [name, resource] of Object.entries(model.resources)) {
    if (!isObject(resource) || typeof resource['Type'] !== 'string' || isNeverMade(model, resource)) continue;
    const { Type, Properties = {} } = resource;
    const path = ['Resources', name, 'Properties'];
    if (!isObject(Properties)) {
      yield { code: 'E3012', ...wrongKind(Properties, path, 'mapping') };
    } else if (isCustom(Type)) {
      if (!has(Properties, 'ServiceToken'))
        yield {
          code: 'E3003',
          message: 'The property ServiceToken is missing.',
          path: propertiesPath(name, resource),
          part: 'key',
        };
    } else {
      const schema = schemaFor(Type);
      const globals = globalsOf(model, Type, resource);
      const all = globals ? { ...globals, ...Properties } : Properties;
      if (schema) {
        for (const one of checkProperties(model, schema, all, propertiesPath(name, resource), ownCondition(resource)))
          if (!globals || one.path.length < 4 || has(Properties, String(one.path[3]))) yield one;
      } else if (Type.includes('::') && !Type.startsWith('AWS::') && !unknown.has(Type)) {
        yield noSchema(Type, name);
      }
      unknown.add(Type);
    }
  }
  yield* foundInArguments(model);
}

/** What the section Globals of AWS SAM gives a resource, unless its IgnoreGlobals says otherwise. */
function globalsOf(
  { isServerless, root }: Model,
  type: string,
  { IgnoreGlobals: ignored }: JsonObject,
): JsonObject | undefined {
  if (!isServerless || !type.startsWith('AWS::Serverless::') || ignored === '*') return undefined;
  const all = objectAt(objectAt(root, 'Globals'), type.slice('AWS::Serverless::'.length));
  if (!isList(ignored)) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !ignored.includes(name)));
}

/** Whether a resource's condition is never true: CloudFormation looks at its properties as little as at those of none. */
function isNeverMade(model: Model, { Condition: name }: JsonObject): boolean {
  if (typeof name !== 'string') return false;
  return outcomes(model, [name], new Map())?.every((way) => way.get(name) === false) ?? false;
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function noSchema(type: string, name: string): Finding {
  return {
    code: 'PL3010',
    severity: 'info',
    message: `${type} is a private type: the properties of such resources are not checked.`,
    path: ['Resources', name, 'Type'],
    hint: 'Add --engine aws to have CloudFormation check that the account has it.',
  };
}
