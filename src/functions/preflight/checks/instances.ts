import type { Cluster } from '../ask/clusters.ts';
import type { Facts } from '../facts.ts';
import { about, doubt, type Heard, type Quota, quotaWords, type Remark, refusal } from '../remark.ts';
import type { Wanted, WantedGroup } from '../wanted.ts';

const PER_CLUSTER = 'Maximum number instances allowed per SageMaker HyperPod cluster';
const DISK = 'Maximum size of EBS volume in GB for a SageMaker HyperPod cluster instance';
const TOTAL = {
  OnDemand: 'Total number of instances allowed across SageMaker HyperPod clusters',
  Spot: 'Total number of Spot instances allowed across SageMaker HyperPod clusters',
};

type Capacity = WantedGroup['capacity'];

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html */
function typeQuota(type: string, capacity: Capacity): string {
  return capacity === 'Spot' ? `${type} for cluster spot instance usage` : `${type} for cluster usage`;
}

/** The names of all quotas that the instances of a cluster need. */
export function instanceQuotaNames({ cluster }: Wanted): ReadonlySet<string> {
  const groups = cluster.groups.filter(({ count }) => count > 0);
  const ofTypes = groups.flatMap(({ type, capacity }) => [typeQuota(type, capacity), TOTAL[capacity]]);
  const disks = groups.some(({ disk }) => disk > 0) ? [DISK] : [];
  return new Set([PER_CLUSTER, ...ofTypes, ...disks]);
}

/** How many of something are asked for beside what there is, and how many all clusters of the account have. */
interface Demand {
  readonly name: string;
  readonly of: (group: { readonly type: string; readonly capacity: Capacity }) => boolean;
}

/**
 * Whether the quotas have room: for each type, for all instances, for one cluster, for a disk. What is free is the quota
 * less what all clusters have. An update asks only for its increase.
 */
export function checkInstances(wanted: Wanted, { instanceQuotas, clusters }: Facts): readonly Remark[] {
  return about('the quotas of SageMaker HyperPod', instanceQuotas, (quotas) => [
    ...demands(wanted).flatMap((demand) => checkDemand(wanted, demand, quotas.get(demand.name), clusters)),
    ...checkSizes(wanted, quotas),
    ...about('what other clusters use of the quotas', clusters, () => []),
  ]);
}

function demands({ cluster }: Wanted): readonly Demand[] {
  const all: Demand[] = [];
  const add = (name: string, of: Demand['of']) => {
    if (!all.some((one) => one.name === name)) all.push({ name, of });
  };
  for (const { type, capacity } of cluster.groups) {
    add(typeQuota(type, capacity), (group) => group.type === type && group.capacity === capacity);
    add(TOTAL[capacity], (group) => group.capacity === capacity);
  }
  return all;
}

function checkDemand(
  wanted: Wanted,
  { name, of }: Demand,
  quota: Quota | undefined,
  clusters: Heard<readonly Cluster[]>,
): readonly Remark[] {
  const { cluster, before, region } = wanted;
  const count = (groups: readonly WantedGroup[]) => groups.filter(of).reduce((sum, group) => sum + group.count, 0);
  const there = before?.name === cluster.name ? count(before.groups) : 0;
  const more = count(cluster.groups) - there;
  if (more <= 0) return [];
  if (quota === undefined) {
    return [doubt(`AWS lists no quota "${name}" in ${region}: the region may not have these instances.`)];
  }
  const groups = 'known' in clusters ? clusters.known.flatMap((one) => one.groups) : [];
  const used = groups.filter(of).reduce((sum, group) => sum + group.count, 0);
  const free = Math.max(0, quota.value - used);
  if (more <= free) return [];
  const has = `${more} more asked for, ${free} free of ${quota.value}.`;
  const text = `${name}: ${has} ${quotaWords(quota, region)}, at least ${used + more}.`;
  // AWS does not say whether instances of a training plan count.
  const planned = cluster.groups.filter(of).every(({ plan }) => plan !== '');
  return [planned ? doubt(`${text} They may not count: they are of a training plan.`) : refusal(text)];
}

function checkSizes({ cluster, region }: Wanted, quotas: ReadonlyMap<string, Quota>): readonly Remark[] {
  const findings: Remark[] = [];
  const all = cluster.groups.reduce((sum, { count }) => sum + count, 0);
  const most = quotas.get(PER_CLUSTER);
  if (most && all > most.value) {
    findings.push(
      refusal(`The cluster is to have ${all} instances, more than ${most.value}. ${quotaWords(most, region)}.`),
    );
  }
  const largest = quotas.get(DISK);
  for (const { name, disk, count } of cluster.groups) {
    if (largest && count > 0 && disk > largest.value) {
      const words = `The disks of ${name} are to have ${disk} GiB, more than ${largest.value}.`;
      findings.push(refusal(`${words} ${quotaWords(largest, region)}.`));
    }
  }
  return findings;
}
