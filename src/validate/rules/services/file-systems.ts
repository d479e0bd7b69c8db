import { functionOf, isList, isNoValue, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { literal, properties, type Values } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const FILE_SYSTEM = 'AWS::FSx::FileSystem';
const PAGE = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html';
const CONFIGURATION =
  'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html';
const REFUSED = 'FSx refuses the file system, and the stack rolls back.';
const lustre = (capacity: string, configuration: string, ...lines: readonly string[]): string =>
  resource(
    FILE_SYSTEM,
    ...['FileSystemType: LUSTRE', 'SubnetIds: [subnet-0123456789abcdef0]', `StorageCapacity: ${capacity}`, ...lines],
    `LustreConfiguration: { ${configuration}`,
  );
const PERSISTENT = 'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250 }';

/** MB/s per TiB that a deployment type offers, by the storage: https://docs.aws.amazon.com/fsx/latest/LustreGuide/ssd-storage.html */
const THROUGHPUTS: Readonly<Record<string, readonly string[]>> = {
  'PERSISTENT_1 SSD': ['50', '100', '200'],
  'PERSISTENT_1 HDD': ['12', '40'],
  'PERSISTENT_2 SSD': ['125', '250', '500', '1000'],
};

const NAMES = [
  'FileSystemType',
  'StorageType',
  'StorageCapacity',
  'LustreConfiguration.DeploymentType',
  'LustreConfiguration.PerUnitStorageThroughput',
] as const;

/** What a file system for Lustre is made of; undefined where that is not known, or it is another file system. */
function kindOf(
  values: Values<(typeof NAMES)[number]>,
): { readonly type: string; readonly storage: string } | undefined {
  const { FileSystemType, StorageType = 'SSD', 'LustreConfiguration.DeploymentType': Type = 'SCRATCH_1' } = values;
  const [type, storage] = [literal(Type), literal(StorageType)];
  return FileSystemType === 'LUSTRE' && type !== undefined && storage !== undefined ? { type, storage } : undefined;
}

/** By how many GiB a file system grows, beyond 1,200; undefined where there is no step. */
function stepOf(type: string, storage: string, throughput: string | undefined): number | undefined {
  if (storage === 'SSD') return type === 'SCRATCH_1' ? 3600 : 2400;
  return storage === 'HDD' ? ownEntry({ '12': 6000, '40': 1800 }, throughput) : undefined;
}

/** Whether an entry of a list may be none, or several. */
function isOpen(entry: Json): boolean {
  const name = functionOf(entry)?.name;
  return name === 'Fn::If' || name === 'Fn::Split' || name === 'Fn::Transform' || isNoValue(entry);
}

/** FSx for Lustre. */
export const FILE_SYSTEM_RULES: readonly Rule[] = [
  {
    code: 'PL3054',
    name: 'lustre-capacity',
    message: 'The capacity of a file system for Lustre is not one that its type and storage can have.',
    why: REFUSED,
    fix: 'On SSD write 1200, 2400, 4800 or another multiple of 2400; with SCRATCH_1 a multiple of 3600.',
    url: PAGE,
    bad: [
      lustre('1300 # <-', PERSISTENT),
      lustre('3600 # <-', 'DeploymentType: SCRATCH_2 }'),
      lustre('4800 # <-', 'DeploymentType: SCRATCH_1 }'),
      lustre('2400 # <-', 'DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 40 }', 'StorageType: HDD'),
      `Parameters: { Size: { Type: Number, Default: 5000 } }\n${lustre('!Ref Size # <-', PERSISTENT)}`,
    ],
    good: [
      lustre('1200', PERSISTENT),
      lustre('4800', PERSISTENT),
      lustre('3600', 'DeploymentType: SCRATCH_1 }'),
      lustre(
        '6000',
        'DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 12, DriveCacheType: NONE }',
        'StorageType: HDD',
      ),
    ],
    check: properties(FILE_SYSTEM, NAMES, (values, model) => {
      const kind = kindOf(values);
      const capacity = Number(given(model, values.StorageCapacity) ?? Number.NaN);
      if (!kind || Number.isNaN(capacity)) return undefined;
      const step = stepOf(kind.type, kind.storage, literal(values['LustreConfiguration.PerUnitStorageThroughput']));
      const small = kind.storage === 'SSD' ? [1200, 2400] : [];
      // Of less than 1200 the schemas say so.
      if (step === undefined || capacity < 1200 || small.includes(capacity) || capacity % step === 0) return undefined;
      const ways = [...small, `a multiple of ${step}`].join(', ');
      return [
        'StorageCapacity',
        `StorageCapacity of ${kind.type} on ${kind.storage} must be ${ways}, not ${capacity}.`,
      ];
    }),
  },
  {
    code: 'PL3055',
    name: 'lustre-throughput',
    message:
      'A persistent file system for Lustre needs a throughput that its type and storage have; a scratch one cannot have any.',
    why: REFUSED,
    fix: 'Set PerUnitStorageThroughput: 125, 250, 500 or 1000 with PERSISTENT_2; 50, 100 or 200 with PERSISTENT_1.',
    url: CONFIGURATION,
    bad: [
      lustre('1200', 'DeploymentType: PERSISTENT_2 } # <-'),
      lustre('1200', 'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 200 } # <-'),
      lustre('1200', 'DeploymentType: SCRATCH_2, PerUnitStorageThroughput: 200 } # <-'),
    ],
    good: [lustre('1200', PERSISTENT), lustre('1200', 'DeploymentType: SCRATCH_2 }')],
    check: properties(FILE_SYSTEM, NAMES, (values, model) => {
      const name = 'LustreConfiguration.PerUnitStorageThroughput';
      const kind = kindOf(values);
      if (!kind) return undefined;
      const { [name]: throughput } = values;
      if (kind.type.startsWith('SCRATCH'))
        return throughput === undefined
          ? undefined
          : [name, `A file system of type ${kind.type} cannot have PerUnitStorageThroughput.`];
      const offered = THROUGHPUTS[`${kind.type} ${kind.storage}`];
      const throughputText = given(model, throughput);
      if (
        offered === undefined ||
        (throughput !== undefined && throughputText === undefined) ||
        offered.includes(throughputText ?? '')
      )
        return undefined;
      return [
        name,
        `PerUnitStorageThroughput of ${kind.type} on ${kind.storage} must be ${offered.join(', ')}${throughputText === undefined ? '' : `, not ${throughputText}`}.`,
      ];
    }),
  },
  {
    code: 'PL3083',
    name: 'lustre-storage',
    message: 'The storage of a file system for Lustre is not one that its deployment type has.',
    why: REFUSED,
    fix: 'Use SSD, or PERSISTENT_1 for HDD, or PERSISTENT_2 for INTELLIGENT_TIERING.',
    url: CONFIGURATION,
    bad: [
      lustre('6000', PERSISTENT, 'StorageType: HDD # <-'),
      lustre('1200', 'DeploymentType: SCRATCH_2 }', 'StorageType: HDD # <-'),
    ],
    good: [lustre('1200', PERSISTENT, 'StorageType: SSD')],
    check: properties(FILE_SYSTEM, NAMES, (values) => {
      const kind = kindOf(values);
      const needed = ownEntry({ HDD: 'PERSISTENT_1', INTELLIGENT_TIERING: 'PERSISTENT_2' }, kind?.storage);
      return kind === undefined || needed === undefined || kind.type === needed
        ? undefined
        : ['StorageType', `StorageType ${kind.storage} needs the deployment type ${needed}, not ${kind.type}.`];
    }),
  },
  {
    code: 'PL3084',
    name: 'lustre-persistent-only',
    message: 'A scratch file system for Lustre cannot have backups, and only PERSISTENT_2 has metadata settings.',
    why: REFUSED,
    fix: 'Delete the property, or change DeploymentType.',
    url: CONFIGURATION,
    bad: [
      lustre('1200', 'DeploymentType: SCRATCH_2, AutomaticBackupRetentionDays: 7 } # <-'),
      lustre(
        '1200',
        'DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 50, MetadataConfiguration: { Mode: AUTOMATIC } } # <-',
      ),
    ],
    good: [
      lustre(
        '1200',
        'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, MetadataConfiguration: { Mode: AUTOMATIC } }',
      ),
    ],
    check: properties(
      FILE_SYSTEM,
      [...NAMES, 'LustreConfiguration.AutomaticBackupRetentionDays', 'LustreConfiguration.MetadataConfiguration'],
      (values) => {
        const type = kindOf(values)?.type;
        if (type === undefined) return undefined;
        const days = literal(values['LustreConfiguration.AutomaticBackupRetentionDays']);
        if (type.startsWith('SCRATCH') && days !== undefined && days !== '0')
          return [
            'LustreConfiguration.AutomaticBackupRetentionDays',
            `A file system of type ${type} cannot have backups.`,
          ];
        return type !== 'PERSISTENT_2' && values['LustreConfiguration.MetadataConfiguration'] !== undefined
          ? [
              'LustreConfiguration.MetadataConfiguration',
              `A file system of type ${type} cannot have MetadataConfiguration.`,
            ]
          : undefined;
      },
    ),
  },
  {
    code: 'PL3085',
    name: 'lustre-subnet',
    message: 'A file system for Lustre is in exactly one subnet.',
    why: REFUSED,
    fix: 'Name one subnet: best that of the nodes which use it most.',
    url: PAGE,
    bad: [
      lustre('1200', PERSISTENT).replace('abcdef0]', 'abcdef0, subnet-0123456789abcdef1] # <-'),
      lustre('1200', PERSISTENT).replace(/\[subnet.*\]/, '[] # <-'),
    ],
    good: [lustre('1200', PERSISTENT)],
    check: properties(FILE_SYSTEM, ['SubnetIds', 'FileSystemType'], ({ SubnetIds, FileSystemType }) =>
      FileSystemType === 'LUSTRE' && isList(SubnetIds) && !SubnetIds.some(isOpen) && SubnetIds.length !== 1
        ? 'SubnetIds'
        : undefined,
    ),
  },
];
