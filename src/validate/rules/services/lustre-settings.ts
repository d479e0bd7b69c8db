import { ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { resource } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { literal, properties, type Values } from '../base/look.ts';
import type { Check, Rule } from '../base/rule.ts';

const FILE_SYSTEM = 'AWS::FSx::FileSystem';
const PAGE = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html';
const REFUSED = 'FSx refuses the file system, and the stack rolls back.';
const lustre = (type: string, ...lines: readonly string[]): string =>
  resource(
    FILE_SYSTEM,
    ...['FileSystemType: LUSTRE', 'SubnetIds: [subnet-0123456789abcdef0]', 'StorageCapacity: 1200'],
    ...['LustreConfiguration:', `  DeploymentType: ${type}`, ...lines.map((line) => `  ${line}`)],
  );
const persistent = (...lines: readonly string[]): string =>
  lustre('PERSISTENT_2', 'PerUnitStorageThroughput: 250', ...lines);

const L = 'LustreConfiguration';
const NAMES = [
  ...([
    'FileSystemType',
    'StorageType',
    'FileSystemTypeVersion',
    'WindowsConfiguration',
    'OpenZFSConfiguration',
  ] as const),
  ...(['OntapConfiguration', L, `${L}.DeploymentType`, `${L}.PerUnitStorageThroughput`] as const),
  ...([`${L}.ThroughputCapacity`, `${L}.DriveCacheType`, `${L}.ImportPath`, `${L}.ExportPath`] as const),
  ...([`${L}.AutoImportPolicy`, `${L}.ImportedFileChunkSize`, `${L}.EfaEnabled`] as const),
  ...([`${L}.DataReadCacheConfiguration`, `${L}.MetadataConfiguration`] as const),
  ...([`${L}.AutomaticBackupRetentionDays`, `${L}.DailyAutomaticBackupStartTime`, `${L}.CopyTagsToBackups`] as const),
] as const;
type Name = (typeof NAMES)[number];
type Fault = readonly [name: Name, message: string];

/** A file system, as the template is created; `text` gives what a property is. */
interface Made {
  readonly values: Values<Name>;
  readonly text: (name: Name) => string | undefined;
  readonly type: string;
  readonly storage: string;
}

/** The kinds of file systems, with the property that says how each is made. */
const CONFIGURATIONS: Readonly<Record<string, Name>> = {
  LUSTRE: L,
  WINDOWS: 'WindowsConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  ONTAP: 'OntapConfiguration',
};

/** A file system has the settings of its own kind alone. */
function otherKind({ values, text }: Made): Fault | undefined {
  const kind = text('FileSystemType');
  const own = ownEntry(CONFIGURATIONS, kind);
  const other = own && Object.values(CONFIGURATIONS).find((name) => name !== own && values[name] !== undefined);
  if (other) return [other, `A file system of type ${kind} cannot have ${other}.`];
  return own !== undefined && kind !== 'LUSTRE' && values[own] === undefined
    ? [own, `A file system of type ${kind} needs ${own}.`]
    : undefined;
}

/** What only some types and storages have. */
function misplaced({ values, type, storage, text }: Made): Fault | undefined {
  const there = (name: Name): boolean => values[name] !== undefined;
  const s3 = (
    [`${L}.ImportPath`, `${L}.ExportPath`, `${L}.AutoImportPolicy`, `${L}.ImportedFileChunkSize`] as const
  ).find(there);
  if (type === 'PERSISTENT_2' && s3)
    return [s3, `A file system of type PERSISTENT_2 cannot have ${last(s3)}: it has data repository associations.`];
  if (s3 && s3 !== `${L}.ImportPath` && !there(`${L}.ImportPath`))
    return [s3, `${last(s3)} needs ImportPath beside it.`];
  if (storage !== 'HDD' && there(`${L}.DriveCacheType`))
    return [`${L}.DriveCacheType`, `Only a file system on HDD has DriveCacheType, not one on ${storage}.`];
  if (storage === 'HDD' && !there(`${L}.DriveCacheType`))
    return [`${L}.DriveCacheType`, 'A file system on HDD needs DriveCacheType.'];
  const tiered = ([`${L}.ThroughputCapacity`, `${L}.DataReadCacheConfiguration`] as const).find(there);
  if (storage !== 'INTELLIGENT_TIERING' && tiered)
    return [tiered, `Only a file system on INTELLIGENT_TIERING has ${last(tiered)}, not one on ${storage}.`];
  if (storage === 'INTELLIGENT_TIERING') {
    if (there(`${L}.PerUnitStorageThroughput`))
      return [
        `${L}.PerUnitStorageThroughput`,
        'A file system on INTELLIGENT_TIERING has ThroughputCapacity, not PerUnitStorageThroughput.',
      ];
    if (!there(`${L}.ThroughputCapacity`))
      return [`${L}.ThroughputCapacity`, 'A file system on INTELLIGENT_TIERING needs ThroughputCapacity.'];
    const capacity = Number(text(`${L}.ThroughputCapacity`) ?? 4000);
    if (capacity <= 0 || capacity % 4000 !== 0)
      return [`${L}.ThroughputCapacity`, `ThroughputCapacity must be a multiple of 4000, not ${capacity}.`];
  }
  if (text(`${L}.EfaEnabled`) === 'true') {
    if (type !== 'PERSISTENT_2') return [`${L}.EfaEnabled`, `A file system of type ${type} cannot have EFA.`];
    if (!there(`${L}.MetadataConfiguration`))
      return [`${L}.EfaEnabled`, 'EfaEnabled needs MetadataConfiguration beside it.'];
  }
  return undefined;
}

/** Versions of Lustre by type. */
function version({ type, text }: Made): Fault | undefined {
  const value = text('FileSystemTypeVersion');
  if (value === undefined || !['2.10', '2.12', '2.15'].includes(value)) return undefined;
  if (type === 'PERSISTENT_2' && value === '2.10')
    return ['FileSystemTypeVersion', 'PERSISTENT_2 needs Lustre 2.12 or 2.15, not 2.10.'];
  return undefined;
}

/** Backups that are never made have no time, and none of their tags. */
function backups({ values, text }: Made): Fault | undefined {
  const name = `${L}.DailyAutomaticBackupStartTime` as const;
  const days =
    values[`${L}.AutomaticBackupRetentionDays`] === undefined ? '0' : text(`${L}.AutomaticBackupRetentionDays`);
  return days === '0' && values[name] !== undefined
    ? [name, 'DailyAutomaticBackupStartTime needs AutomaticBackupRetentionDays of 1 or more.']
    : undefined;
}

function last(name: string): string {
  return name.split('.').at(-1)!;
}

/** Looks at each file system; `only` says whether at those for Lustre alone. */
function made(find: (made: Made) => Fault | undefined, only = true): Check {
  return properties(FILE_SYSTEM, NAMES, (values, model) => {
    const text = (name: Name): string | undefined => given(model, values[name]);
    const { StorageType = 'SSD', [`${L}.DeploymentType`]: Type = 'SCRATCH_1' } = values;
    const [type, storage] = [literal(Type), literal(StorageType)];
    if (only && (values.FileSystemType !== 'LUSTRE' || type === undefined || storage === undefined)) return undefined;
    return find({ values, text, type: type ?? '', storage: storage ?? '' });
  });
}

const MODE = 'Mode';
const IOPS = 'Iops';

/** What is wrong with the operations of metadata; the storage is not looked at. */
function metadata(
  { Mode, Iops }: Values<'Mode' | 'Iops'>,
  model: Model,
): readonly ['Mode' | 'Iops', string] | undefined {
  const mode = literal(Mode);
  if (mode === 'AUTOMATIC' && Iops !== undefined) return [IOPS, 'Iops needs Mode: USER_PROVISIONED.'];
  if (mode === 'USER_PROVISIONED' && Iops === undefined) return [IOPS, 'Mode USER_PROVISIONED needs Iops.'];
  if (Mode === undefined) return [MODE, 'MetadataConfiguration needs Mode.'];
  const text: Json | undefined = given(model, Iops);
  const count = Number(text ?? 1500);
  const isOffered = [1500, 3000, 6000].includes(count) || (count % 12_000 === 0 && count > 0 && count <= 192_000);
  return isOffered
    ? undefined
    : [IOPS, `Iops must be 1500, 3000, 6000 or a multiple of 12000 up to 192000, not ${text}.`];
}

/** Settings of FSx for Lustre that must go together. */
export const LUSTRE_RULES: readonly Rule[] = [
  {
    code: 'PL3111',
    name: 'lustre-combination',
    message: 'The settings of a file system do not go together.',
    why: REFUSED,
    fix: 'Delete what the message names, or change the type or the storage.',
    url: PAGE,
    bad: [
      persistent('DriveCacheType: READ # <-'),
      persistent('ImportPath: s3://a-bucket # <-'),
      persistent('ThroughputCapacity: 4000 # <-'),
      lustre('SCRATCH_2', 'ExportPath: s3://a-bucket/out # <-'),
      lustre('SCRATCH_2', 'EfaEnabled: true # <-'),
      lustre('SCRATCH_2', 'DataCompressionType: LZ4').replace(
        'LustreConfiguration',
        "FileSystemTypeVersion: '2.12'\n      WindowsConfiguration: { ThroughputCapacity: 32 } # <-\n      LustreConfiguration",
      ),
      persistent().replace('LustreConfiguration', "FileSystemTypeVersion: '2.10' # <-\n      LustreConfiguration"),
    ],
    good: [
      persistent('DailyAutomaticBackupStartTime: "03:00"', 'AutomaticBackupRetentionDays: 7'),
      lustre('SCRATCH_2', 'ImportPath: s3://a-bucket', 'ExportPath: s3://a-bucket/out'),
      persistent('EfaEnabled: true', 'MetadataConfiguration: { Mode: AUTOMATIC }'),
    ],
    *check(model) {
      yield* made(otherKind, false)(model);
      for (const find of [misplaced, version]) yield* made(find)(model);
    },
  },
  {
    code: 'PL3113',
    name: 'lustre-backup-time',
    severity: 'warning',
    message: 'A file system without backups has a time for them.',
    why: 'Lustre makes no backups by itself: nobody has one when it is needed.',
    fix: 'Set AutomaticBackupRetentionDays to 1 or more, or delete the time.',
    url: PAGE,
    bad: [persistent('DailyAutomaticBackupStartTime: "03:00" # <-')],
    good: [persistent('DailyAutomaticBackupStartTime: "03:00"', 'AutomaticBackupRetentionDays: 7')],
    check: made(backups),
  },
  {
    code: 'PL3112',
    name: 'lustre-metadata',
    message: 'The operations of metadata are not ones that FSx has.',
    why: REFUSED,
    fix: 'Write Mode: AUTOMATIC alone, or Mode: USER_PROVISIONED with Iops.',
    url: 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreMetadataConfiguration.html',
    bad: [
      persistent('MetadataConfiguration: { Mode: USER_PROVISIONED, Iops: 5000 } # <-'),
      persistent('MetadataConfiguration: { Mode: USER_PROVISIONED } # <-'),
      persistent('MetadataConfiguration: { Mode: AUTOMATIC, Iops: 3000 } # <-'),
    ],
    good: [persistent('MetadataConfiguration: { Mode: USER_PROVISIONED, Iops: 24000 }')],
    check: properties(`${FILE_SYSTEM}/LustreConfiguration.MetadataConfiguration`, [MODE, IOPS], metadata),
  },
];
