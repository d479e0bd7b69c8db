import { isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const FILE_SYSTEM = 'AWS::FSx::FileSystem';
const URL = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html';
const lustre = (capacity: string, configuration: string): string =>
  resource(
    FILE_SYSTEM,
    ...['FileSystemType: LUSTRE', 'SubnetIds: [subnet-0123456789abcdef0]', `StorageCapacity: ${capacity}`],
    `LustreConfiguration: { ${configuration} }`,
  );
const PERSISTENT = 'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250';

/** MB/s per TiB that a deployment type on SSD offers. */
const THROUGHPUTS: Readonly<Record<string, readonly string[]>> = {
  PERSISTENT_1: ['50', '100', '200'],
  PERSISTENT_2: ['125', '250', '500', '1000'],
};

/** Whether a file system is Lustre on SSD; other storage has other steps. */
function isOnSsd({ FileSystemType, StorageType = 'SSD' }: JsonObject): boolean {
  return FileSystemType === 'LUSTRE' && StorageType === 'SSD';
}

/** FSx for Lustre. */
export const FILE_SYSTEM_RULES: readonly Rule[] = [
  {
    code: 'PL3054',
    name: 'lustre-capacity',
    message: 'The capacity of a file system for Lustre on SSD must be 1200 GiB or a multiple of 2400.',
    why: 'FSx refuses the file system.',
    fix: 'Write 1200, 2400, 4800 or another multiple of 2400.',
    url: URL,
    bad: [lustre('1300 # <-', PERSISTENT), lustre('3600 # <-', 'DeploymentType: SCRATCH_2')],
    good: [lustre('1200', PERSISTENT), lustre('4800', PERSISTENT), lustre('3600', 'DeploymentType: SCRATCH_1')],
    check: property(FILE_SYSTEM, 'StorageCapacity', (capacity, beside) => {
      const type = isObject(beside['LustreConfiguration'])
        ? beside['LustreConfiguration']['DeploymentType']
        : undefined;
      if (!isOnSsd(beside) || !['SCRATCH_2', ...Object.keys(THROUGHPUTS)].includes(String(type))) return false;
      const size = typeof capacity === 'object' ? Number.NaN : Number(capacity);
      // Of less than 1200 the schemas say so.
      return size > 1200 && size % 2400 !== 0;
    }),
  },
  {
    code: 'PL3055',
    name: 'lustre-throughput',
    message: 'A persistent file system for Lustre needs a throughput that its deployment type has.',
    why: 'FSx refuses the file system.',
    fix: 'Set PerUnitStorageThroughput: 125, 250, 500 or 1000 with PERSISTENT_2; 50, 100 or 200 with PERSISTENT_1.',
    url: URL,
    bad: [
      lustre('1200', 'DeploymentType: PERSISTENT_2').trimEnd().concat(' # <-\n'),
      lustre('1200', 'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 200').trimEnd().concat(' # <-\n'),
    ],
    good: [lustre('1200', PERSISTENT), lustre('1200', 'DeploymentType: SCRATCH_2')],
    check: property(FILE_SYSTEM, 'LustreConfiguration', (configuration, beside) => {
      if (!isOnSsd(beside) || !isObject(configuration)) return false;
      const { DeploymentType: type, PerUnitStorageThroughput: throughput } = configuration;
      const offered = THROUGHPUTS[textOr(type, '')];
      return offered !== undefined && typeof throughput !== 'object' && !offered.includes(textOr(throughput, ''));
    }),
  },
];

function textOr(value: Json | undefined, otherwise: string): string {
  return value === undefined || typeof value === 'object' ? otherwise : String(value);
}
