/** One of AWS's separate clouds. */
export interface Partition {
  /** As in ARNs. */
  readonly name: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** What AWS::URLSuffix is there. */
  readonly urlSuffix: string;
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return { name: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { name: 'aws-us-gov', urlSuffix: 'amazonaws.com' };
  return { name: 'aws', urlSuffix: 'amazonaws.com' };
}
