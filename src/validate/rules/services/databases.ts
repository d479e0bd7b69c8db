import { several } from '../base/examples.ts';
import { linked, textAt, unlike } from '../base/linked.ts';
import { literal, properties } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/** An instance of a cluster of Aurora; the lines are more of its properties. */
const member = (engine: string, ...lines: readonly string[]): string =>
  several({
    Member: [
      INSTANCE,
      `Engine: ${engine}`,
      'DBClusterIdentifier: !Ref Shared',
      'DBInstanceClass: db.r6g.large',
      ...lines,
    ],
    Shared: [CLUSTER, 'Engine: aurora-mysql', 'StorageEncrypted: true', 'SnapshotIdentifier: a'],
  });

/** What an instance of Aurora takes from its cluster: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const OF_THE_CLUSTER = [
  'AllocatedStorage',
  'CopyTagsToSnapshot',
  'DeletionProtection',
  'EnableIAMDatabaseAuthentication',
  'MasterUserPassword',
] as const;

/** Databases of RDS. */
export const DATABASE_RULES: readonly Rule[] = [
  {
    code: 'E3682',
    name: 'aurora-instance',
    message: 'An instance of Aurora takes this from its cluster.',
    why: RESOURCE_REFUSED,
    fix: 'Write it in the AWS::RDS::DBCluster.',
    url: resourcePage('aws-resource-rds-dbinstance'),
    bad: [
      member('aurora-mysql', "AllocatedStorage: '100' # <-"),
      member('aurora-mysql', 'DeletionProtection: true # <-'),
    ],
    good: [member('aurora-mysql')],
    check: properties(INSTANCE, ['Engine', ...OF_THE_CLUSTER], ({ Engine, ...others }) => {
      const name = OF_THE_CLUSTER.find((one) => others[one] !== undefined);
      return name !== undefined && /^aurora(?:-mysql|-postgresql)?$/i.test(literal(Engine) ?? '')
        ? [name, `An instance of Aurora takes ${name} from its cluster.`]
        : undefined;
    }),
  },
  {
    code: 'E3707',
    name: 'instance-of-cluster-engine',
    message: 'An instance has another engine than its cluster.',
    why: RESOURCE_REFUSED,
    fix: 'Write the engine of the cluster.',
    url: resourcePage('aws-resource-rds-dbinstance'),
    bad: [member('aurora-postgresql # <-')],
    good: [member('aurora-mysql')],
    check: linked(INSTANCE, 'DBClusterIdentifier', CLUSTER, ({ own, other, id }) => {
      const [here, there] = [own, other].map((one) => textAt(one, 'Engine')?.toLowerCase());
      return unlike(here, there)
        ? ['Engine', `The engine is ${here} here, and ${there} in ${id}, the cluster.`]
        : undefined;
    }),
  },
  {
    code: 'E3709',
    name: 'instance-of-cluster-encryption',
    message: 'An instance is encrypted and its cluster is not, or the other way round.',
    why: RESOURCE_REFUSED,
    fix: 'Leave StorageEncrypted to the cluster.',
    url: resourcePage('aws-resource-rds-dbinstance'),
    bad: [member('aurora-mysql', 'StorageEncrypted: false # <-')],
    good: [member('aurora-mysql', 'StorageEncrypted: true')],
    check: linked(INSTANCE, 'DBClusterIdentifier', CLUSTER, ({ own, other, id }) => {
      const here = textAt(own, 'StorageEncrypted');
      const there = textAt(other, 'StorageEncrypted', 'false');
      return unlike(here, there)
        ? ['StorageEncrypted', `StorageEncrypted is ${here} here, and ${there} in ${id}, the cluster.`]
        : undefined;
    }),
  },
];
