import { functionOf, isObject, type JsonObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { didYouMean } from '../../model/shape.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const TOPIC = 'Type: AWS::EC2::InternetGateway';
const resources = (...lines: readonly string[]): string => `Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;

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

function each(check: (resource: JsonObject, path: readonly string[]) => Iterable<Hit>): Check {
  return function* (model) {
    for (const [name, resource] of Object.entries(model.resources))
      if (isObject(resource) && !name.startsWith('Fn::')) yield* check(resource, ['Resources', name]);
  };
}

/** A policy that is not one of those that the type can have. With AWS::LanguageExtensions a function may choose it. */
function policy(name: string, values: readonly string[]): Check {
  return each(function* (resource, path) {
    const value = resource[name];
    const allowed = SNAPSHOT_TYPES.has(textOf(resource['Type'])) ? [...values, 'Snapshot'] : values;
    if (value === undefined || functionOf(value) || allowed.includes(textOf(value))) return;
    yield {
      message: `${name} cannot be ${JSON.stringify(value)}.`,
      path: [...path, name],
      hint: didYouMean(textOf(value), allowed, `It must be one of ${allowed.join(', ')}.`),
    };
  });
}

/** What happens to resources that are deleted or replaced. */
export const DELETION_RULES: readonly Rule[] = [
  {
    code: 'E3035',
    name: 'deletion-policy',
    message: 'DeletionPolicy must be Delete, Retain or RetainExceptOnCreate; Snapshot for types that have snapshots.',
    why: TEMPLATE_REFUSED,
    fix: 'Write one of these.',
    url: guide('aws-attribute-deletionpolicy'),
    bad: [
      resources(`Gateway: { ${TOPIC}, DeletionPolicy: Keep, UpdateReplacePolicy: Retain } # <-`),
      resources(`Gateway: { ${TOPIC}, DeletionPolicy: { Keep: true }, UpdateReplacePolicy: Retain } # <-`),
    ],
    good: [
      resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`),
      `Transform: AWS::LanguageExtensions\nParameters:\n  Keep: { Type: String, AllowedValues: [Retain, Delete] }\n${resources(`Gateway: { ${TOPIC}, DeletionPolicy: !Ref Keep, UpdateReplacePolicy: Retain }`)}`,
    ],
    check: policy('DeletionPolicy', ['Delete', 'Retain', 'RetainExceptOnCreate']),
  },
  {
    code: 'E3036',
    name: 'update-replace-policy',
    message: 'UpdateReplacePolicy must be Delete or Retain; Snapshot for types that have snapshots.',
    why: TEMPLATE_REFUSED,
    fix: 'Write one of these.',
    url: guide('aws-attribute-updatereplacepolicy'),
    bad: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Snapshot } # <-`)],
    good: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`)],
    check: policy('UpdateReplacePolicy', ['Delete', 'Retain']),
  },
  {
    code: 'W3011',
    name: 'one-policy',
    message: 'A resource has only one of DeletionPolicy and UpdateReplacePolicy.',
    why: 'It is kept in one case and lost with its data in the other.',
    fix: 'Add the other.',
    url: guide('aws-attribute-updatereplacepolicy'),
    bad: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain } # <-`)],
    good: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`)],
    check: each(function* ({ Type, DeletionPolicy, UpdateReplacePolicy }, path) {
      const keeps = [DeletionPolicy, UpdateReplacePolicy].filter((one) => one !== undefined);
      if (keeps.length !== 1 || keeps[0] === 'Delete' || VERSIONS.includes(Type ?? null)) return;
      const names = ['DeletionPolicy', 'UpdateReplacePolicy'];
      const [there, missing] = DeletionPolicy === undefined ? names.toReversed() : names;
      yield {
        message: `${path[1]} has ${there} but not ${missing}: it is kept in one case and lost in the other.`,
        path,
        part: 'key',
        hint: `Add ${missing}.`,
      };
    }),
  },
];
