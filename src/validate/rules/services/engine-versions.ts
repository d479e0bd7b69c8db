import { ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { literal, pair, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const CLASSES = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html';
const database = (engine: string, version: string): string =>
  resource(INSTANCE, `Engine: ${engine}`, 'DBInstanceClass: db.m6i.large', `EngineVersion: ${version}`);
const instance = (type: string): string => resource(INSTANCE, 'Engine: oracle-ee', `DBInstanceClass: ${type}`);
const multiZone = (type: string): string =>
  resource(
    CLUSTER,
    ...['Engine: mysql', 'AllocatedStorage: 100', 'Iops: 1000', 'StorageType: io1', `DBClusterInstanceClass: ${type}`],
  );
const cluster = (engine: string, version: string): string =>
  resource(CLUSTER, `Engine: ${engine}`, `EngineVersion: ${version}`);

/**
 * The releases of each engine that RDS has had, as of 2026-11-28, from the oldest on. Within them versions come and go by
 * the week, so that nothing is said of those; and a newer release may be there already.
 */
const RELEASES: Readonly<Record<string, string>> = {
  'aurora-mysql': '5.7 8.0 8.4',
  'aurora-postgresql': '9 10 11 12 13 14 15 16 17 18',
  mariadb: '10.0 10.1 10.2 10.3 10.4 10.5 10.6 10.11 11.4 11.8 12.3',
  mysql: '5.5 5.6 5.7 8.0 8.4',
  postgres: '9 10 11 12 13 14 15 16 17 18',
};

const CLASS =
  /^db\.(?:serverless|[a-z]+\d+[a-z]*\.(?:micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)(?:\.tpc\d\.mem\dx)?)$/;

/** A release as a number, to compare: 10.11 is above 10.6. */
function orderOf(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major * 1000 + minor;
}

/** What is wrong with the version of an engine. */
function fault(engine: string, version: string): string | undefined {
  const releases = ownEntry(RELEASES, engine)?.split(' ');
  if (!releases) return undefined;
  const hasMinor = releases.at(-1)!.includes('.');
  const [release] = (hasMinor ? /^\d+\.\d+(?=\.|$)/ : /^\d+(?=\.\d|$)/).exec(version) ?? [];
  if (release !== undefined && (releases.includes(release) || orderOf(release) > orderOf(releases.at(-1)!)))
    return undefined;
  return `RDS has no ${engine} ${version}: its releases are ${releases.join(', ')}.`;
}

const versions = (type: string): Check =>
  pair(type, 'EngineVersion', 'Engine', (version, engine) => {
    const [text, name] = [literal(version), literal(engine)?.toLowerCase()];
    return (text !== undefined && name !== undefined && fault(name, text)) || false;
  });

/** What is wrong with a class: which there are in a region changes by the month, how they are written does not. */
function classFault(value: Json): string | false {
  const name = literal(value);
  return name !== undefined && !CLASS.test(name) && `RDS writes classes db.FAMILY.SIZE, not ${name}.`;
}

/** Versions of the engines of databases, and classes of their machines. */
export const ENGINE_VERSION_RULES: readonly Rule[] = [
  {
    code: 'E3690',
    name: 'cluster-engine-version',
    message: 'The engine of a cluster does not have this version.',
    why: RESOURCE_REFUSED,
    fix: 'Write a version that RDS has: aws rds describe-db-engine-versions lists them.',
    url: resourcePage('aws-resource-rds-dbcluster'),
    bad: [cluster('aurora-mysql', '5.8.mysql_aurora.2.11.4 # <-'), cluster('aurora-postgresql', "'8.4' # <-")],
    good: [cluster('aurora-mysql', '8.0.mysql_aurora.3.04.0'), cluster('aurora-postgresql', "'16.4'")],
    check: versions(CLUSTER),
  },
  {
    code: 'E3691',
    name: 'instance-engine-version',
    message: 'The engine of a database does not have this version.',
    why: RESOURCE_REFUSED,
    fix: 'Write a version that RDS has: aws rds describe-db-engine-versions lists them.',
    url: resourcePage('aws-resource-rds-dbinstance'),
    bad: [database('mysql', "'5.8' # <-"), database('postgres', 'latest # <-'), database('MariaDB', "'10.7.3' # <-")],
    good: [database('mysql', '8.0.40'), database('postgres', "'17'"), database('mariadb', '10.11.10')],
    check: versions(INSTANCE),
  },
  {
    code: 'E3025',
    name: 'instance-class',
    message: 'The class of a database is not written as RDS writes classes.',
    why: RESOURCE_REFUSED,
    fix: 'Write db.FAMILY.SIZE, such as db.r6g.large, or db.serverless.',
    url: CLASSES,
    bad: [database('mysql', "'8.0'").replace('db.m6i.large', 'm6i.large # <-'), instance('db.m6i.lage # <-')],
    good: [instance('db.r5.2xlarge.tpc2.mem4x'), instance('db.serverless'), instance('db.m8i.metal-96xl')],
    check: property(INSTANCE, 'DBInstanceClass', classFault),
  },
  {
    code: 'E3694',
    name: 'cluster-instance-class',
    message: 'The class of the instances of a cluster is not written as RDS writes classes.',
    why: RESOURCE_REFUSED,
    fix: 'Write db.FAMILY.SIZE, such as db.m6gd.large.',
    url: CLASSES,
    bad: [multiZone('db.m6gd # <-')],
    good: [multiZone('db.m6gd.large')],
    check: property(CLUSTER, 'DBClusterInstanceClass', classFault),
  },
];
