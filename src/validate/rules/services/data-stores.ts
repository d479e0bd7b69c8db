import { isList, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resource } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, resources, valuesAt } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const TABLE = 'AWS::DynamoDB::Table';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const table = (attributes: string, mark = ''): string =>
  resource(
    TABLE,
    'BillingMode: PAY_PER_REQUEST',
    'KeySchema: [{ AttributeName: id, KeyType: HASH }]',
    `AttributeDefinitions: [${attributes}]`,
  ).replace('Properties:', `Properties:${mark}`);
const replicated = (...lines: readonly string[]): string =>
  `${resource(GROUP, 'ReplicationGroupDescription: a', 'CacheParameterGroupName: !Ref Settings', 'CacheNodeType: cache.m6g.large', ...lines)}  Settings:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties: { Description: a, CacheParameterGroupFamily: redis7, Properties: { cluster-enabled: 'yes' } }\n`;
const plan = (after: number, mark = ''): string =>
  resource(
    'AWS::Backup::BackupPlan',
    ...['BackupPlan:', '  BackupPlanName: a', '  BackupPlanRule:', '    - RuleName: a', '      TargetBackupVault: b'],
    `      Lifecycle: { MoveToColdStorageAfterDays: 7, DeleteAfterDays: ${after} }${mark}`,
  );

/** The names of a list's entries, with those of the keys in them; undefined where the template does not tell. */
function namesAt(object: Readonly<Record<string, Json>>, ...paths: readonly string[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const path of paths)
    for (const { value } of valuesAt(object, path, [], new Map())) {
      const text = literal(value);
      if (value !== undefined && text === undefined) return undefined;
      if (text !== undefined) names.push(text);
    }
  return names;
}

/** Whether the parameter group of a replication group makes a cluster of it. */
function isCluster(model: Model, group: Json | undefined): boolean {
  const id = resourceOf(model, group, 'AWS::ElastiCache::ParameterGroup');
  const settings = objectAt(propertiesOf(model, id), 'Properties');
  return ['yes', 'true'].includes(textOf(settings['cluster-enabled']).toLowerCase());
}

/** DynamoDB, ElastiCache and AWS Backup. */
export const DATA_STORE_RULES: readonly Rule[] = [
  {
    code: 'E3039',
    name: 'table-attributes',
    message: 'The attributes of a table are not those of its keys.',
    why: RESOURCE_REFUSED,
    fix: 'Define each attribute that a key has, and no other.',
    url: resourcePage('aws-resource-dynamodb-table'),
    bad: [
      table('{ AttributeName: id, AttributeType: S }, { AttributeName: more, AttributeType: S }', ' # <-'),
      table('{ AttributeName: other, AttributeType: S }', ' # <-'),
    ],
    good: [table('{ AttributeName: id, AttributeType: S }')],
    check: resources(TABLE, function* (object, path): Generator<Hit> {
      const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];
      const isTold = [...indexes, 'KeySchema', 'AttributeDefinitions'].every(
        (name) => object[name] === undefined || isList(object[name]),
      );
      const defined = namesAt(object, 'AttributeDefinitions.*.AttributeName');
      const keys = namesAt(
        object,
        'KeySchema.*.AttributeName',
        ...indexes.map((name) => `${name}.*.KeySchema.*.AttributeName`),
      );
      if (!isTold || !defined || !keys || object['KeySchema'] === undefined) return;
      const missing = keys.find((name) => !defined.includes(name));
      const more = defined.find((name) => !keys.includes(name));
      if (missing !== undefined)
        yield { path, part: 'key', message: `The key ${missing} is not in AttributeDefinitions.` };
      else if (more !== undefined)
        yield { path, part: 'key', message: `AttributeDefinitions has ${more}, which is part of no key.` };
    }),
  },
  {
    code: 'E3026',
    name: 'replication-group',
    message: 'A replication group in cluster mode needs automatic failover, and more than one cache.',
    why: 'ElastiCache refuses the replication group.',
    fix: 'Write AutomaticFailoverEnabled: true, and NumNodeGroups or NumCacheClusters of 2 or more.',
    url: resourcePage('aws-resource-elasticache-replicationgroup'),
    bad: [
      replicated('NumNodeGroups: 2', 'AutomaticFailoverEnabled: false # <-'),
      replicated('AutomaticFailoverEnabled: true', 'NumCacheClusters: 1 # <-'),
    ],
    good: [replicated('NumNodeGroups: 2', 'AutomaticFailoverEnabled: true')],
    check: properties(
      GROUP,
      ['CacheParameterGroupName', 'AutomaticFailoverEnabled', 'NumCacheClusters', 'NumNodeGroups'],
      ({ CacheParameterGroupName, AutomaticFailoverEnabled, NumCacheClusters, NumNodeGroups }, model) => {
        if (!isCluster(model, CacheParameterGroupName)) return undefined;
        if (literal(AutomaticFailoverEnabled) === 'false')
          return ['AutomaticFailoverEnabled', 'AutomaticFailoverEnabled must be true in cluster mode.'];
        return literal(NumCacheClusters) === '1' && NumNodeGroups === undefined
          ? ['NumCacheClusters', 'NumCacheClusters must be 2 or more in cluster mode.']
          : undefined;
      },
    ),
  },
  {
    code: 'E3504',
    name: 'cold-storage',
    message: 'A backup in cold storage must be kept for 90 days there.',
    why: 'AWS Backup refuses the plan.',
    fix: 'Make DeleteAfterDays at least 90 more than MoveToColdStorageAfterDays.',
    url: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html',
    bad: [plan(30, ' # <-')],
    good: [plan(97)],
    check: properties(
      'AWS::Backup::BackupPlan/BackupPlan.BackupPlanRule.*.Lifecycle',
      ['DeleteAfterDays', 'MoveToColdStorageAfterDays'],
      ({ DeleteAfterDays, MoveToColdStorageAfterDays }) => {
        const [end, start] = [Number(literal(DeleteAfterDays)), Number(literal(MoveToColdStorageAfterDays))];
        return end < start + 90
          ? ['DeleteAfterDays', `DeleteAfterDays must be ${start + 90} or more, not ${end}.`]
          : undefined;
      },
    ),
  },
];
