import { has, isList, isObject, type JsonObject, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { checkShape, didYouMean, type Shape } from '../model/shape.ts';

/** The attributes of a resource beside its properties. */
const SHAPE: Shape = {
  Condition: 'text',
  CreationPolicy: 'mapping',
  DeletionPolicy: 'any',
  DependsOn: 'any',
  Metadata: 'any',
  Properties: 'any',
  Type: 'text',
  UpdatePolicy: 'any',
  UpdateReplacePolicy: 'any',
  Version: 'any',
};

/** Types of which CloudFormation takes a snapshot before it deletes them. */
const SNAPSHOT_TYPES: ReadonlySet<string> = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** Types whose versions stay when they are replaced, so that one policy alone makes sense. */
const VERSIONS: readonly Json[] = ['AWS::Lambda::Version', 'AWS::Lambda::LayerVersion'];

/** Resources beside their properties: names, keys, DependsOn, and what happens to them on a delete. */
export function* resources(template: Model): Generator<Finding> {
  for (const [name, resource] of Object.entries(template.resources)) {
    if (name.startsWith('Fn::ForEach::') || (name === 'Fn::Transform' && template.hasMacros)) continue;
    const path = ['Resources', name];
    if (!/^[a-zA-Z0-9]+$/.test(name))
      yield { code: 'E3001', message: `The logical id ${name} must be letters and digits.`, path, part: 'key' };
    if (has(template.parameters, name))
      yield {
        code: 'E3007',
        message: `${name} is a parameter and a resource.`,
        path,
        part: 'key',
        hint: 'Rename one.',
        related: [{ message: 'The parameter', path: ['Parameters', name] }],
      };
    // A macro may have keys and types of its own, and make what others depend on.
    if (!template.hasMacros) yield* checkShape(resource, path, 'E3001', SHAPE, ['Type']);
    if (!isObject(resource)) continue;
    if (!template.hasMacros) {
      yield* typeFaults(resource, name);
      yield* dependencyFaults(template, resource, name);
    }
    yield* policyFaults(resource, name);
  }
}

function* typeFaults({ Type }: JsonObject, name: string): Generator<Finding> {
  if (typeof Type !== 'string' || /^(?:[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2,3}|Custom::[\w@-]+)$/.test(Type)) return;
  yield {
    code: 'E3006',
    message: `${JSON.stringify(Type)} is no type of resource.`,
    path: ['Resources', name, 'Type'],
    hint: 'A type is written AWS::Service::Resource, or Custom::Name.',
  };
}

function* dependencyFaults({ resources }: Model, { DependsOn }: JsonObject, name: string): Generator<Finding> {
  if (DependsOn === undefined) return;
  const path = ['Resources', name, 'DependsOn'];
  for (const [index, other] of (isList(DependsOn) ? DependsOn : [DependsOn]).entries()) {
    const at = isList(DependsOn) ? [...path, index] : path;
    if (typeof other !== 'string') {
      yield { code: 'E3001', message: 'DependsOn holds names of resources.', path: at };
    } else if (!has(resources, other) || other === name) {
      const reason = other === name ? 'the resource itself' : 'no resource';
      const others = (): readonly string[] => Object.keys(resources).filter((id) => id !== name);
      yield {
        code: 'E3005',
        message: `DependsOn names ${other}, which is ${reason}.`,
        path: at,
        hint: didYouMean(other, others),
      };
    }
  }
}

function* policyFaults({ Type, DeletionPolicy, UpdateReplacePolicy }: JsonObject, name: string): Generator<Finding> {
  const path = ['Resources', name];
  const snapshot = SNAPSHOT_TYPES.has(textOf(Type)) ? ['Snapshot'] : [];
  yield* policyValue(DeletionPolicy, [...path, 'DeletionPolicy'], 'E3035', [
    ...['Delete', 'Retain', 'RetainExceptOnCreate'],
    ...snapshot,
  ]);
  yield* policyValue(UpdateReplacePolicy, [...path, 'UpdateReplacePolicy'], 'E3036', ['Delete', 'Retain', ...snapshot]);
  const keeps = [DeletionPolicy, UpdateReplacePolicy].filter((policy) => policy !== undefined);
  if (keeps.length !== 1 || keeps[0] === 'Delete' || VERSIONS.includes(Type ?? null)) return;
  const [there, missing] =
    DeletionPolicy === undefined
      ? ['UpdateReplacePolicy', 'DeletionPolicy']
      : ['DeletionPolicy', 'UpdateReplacePolicy'];
  yield {
    code: 'W3011',
    message: `${name} has a ${there} but no ${missing}: it is kept in one case and lost in the other.`,
    path,
    part: 'key',
    hint: `Add ${missing}.`,
  };
}

function* policyValue(
  value: Json | undefined,
  path: readonly string[],
  code: string,
  allowed: readonly string[],
): Generator<Finding> {
  if (value === undefined || isObject(value) || allowed.includes(textOf(value))) return;
  yield {
    code,
    message: `${path.at(-1)} cannot be ${JSON.stringify(value)}.`,
    path,
    hint: didYouMean(textOf(value), allowed, `It is one of ${allowed.join(', ')}.`),
  };
}
