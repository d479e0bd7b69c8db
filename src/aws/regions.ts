/** AWS's separate clouds, by the name that ARNs give them. */
export type PartitionName = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc';

/** Ends of AWS's host names in each partition: what AWS::URLSuffix is there. */
export const URL_SUFFIXES: Readonly<Record<PartitionName, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
  'aws-eusc': 'amazonaws.eu',
};

/** Hosts of the console; where each region has one, the region comes before it, which saves a redirect. */
export const CONSOLE_HOSTS: Readonly<Record<PartitionName, { readonly eachRegion: boolean; readonly host: string }>> = {
  aws: { eachRegion: true, host: 'console.aws.amazon.com' },
  'aws-cn': { eachRegion: false, host: 'console.amazonaws.cn' },
  'aws-us-gov': { eachRegion: false, host: 'console.amazonaws-us-gov.com' },
  'aws-eusc': { eachRegion: false, host: 'console.amazonaws-eusc.eu' },
};

/**
 * The regions that podlaunch knows, by partition; those of partitions that cannot be reached from the internet are not
 * among them. From https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; a test compares
 * them with the AWS SDK's.
 */
export const REGIONS: Readonly<Record<PartitionName, readonly string[]>> = {
  aws: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1'],
    ...['sa-east-1', 'sa-west-1'],
    ...[
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
    ],
    ...['af-south-1', 'il-central-1', 'me-central-1', 'me-south-1', 'me-west-1'],
    ...['ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
    ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6'],
    'ap-southeast-7',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
};

/** The partition of a region, also of one that is newer than the list. */
export function partitionName(region: string): PartitionName {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

/** All regions that podlaunch knows. */
export function knownRegions(): readonly string[] {
  return Object.values(REGIONS).flat();
}
