import { type PartitionName, partitionName, URL_SUFFIXES } from './regions.ts';

/** One of AWS's separate clouds. */
export interface Partition {
  /** As in ARNs. */
  readonly name: PartitionName;
  /** What AWS::URLSuffix is there. */
  readonly urlSuffix: string;
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): Partition {
  const name = partitionName(region);
  return { name, urlSuffix: URL_SUFFIXES[name] };
}
