import type { Facts } from '../facts.ts';
import { about, type Remark, refusal, supportPage } from '../remark.ts';
import type { Wanted } from '../wanted.ts';

/** Whether the cluster's name is free: in account and region it is unique. */
export function checkClusterName({ cluster, before, region }: Wanted, { clusters }: Facts): readonly Remark[] {
  if (before?.name === cluster.name) return [];
  return about('whether the name of the cluster is free', clusters, (all) =>
    all.some(({ name }) => name === cluster.name)
      ? [refusal(`A cluster of the name ${cluster.name} exists in ${region}. Choose another ClusterName.`)]
      : [],
  );
}

/** Whether there may be one more directory, and whether its name is free in the VPC. */
export function checkDirectory(wanted: Wanted, { directories }: Facts): readonly Remark[] {
  const { directory, before, network, region } = wanted;
  if (!directory.isMade || before !== undefined) return [];
  return about('how many directories the account may have', directories, ({ limit, used, all }) => {
    const findings: Remark[] = [];
    if (used >= limit) {
      findings.push(
        refusal(
          `The account has ${used} of ${limit} AWS Managed Microsoft ADs. Delete one, or ask AWS Support for more of the limit "AWS Managed Microsoft AD directories": ${supportPage(region)}.`,
        ),
      );
    }
    const same = all.find(({ name, vpcId }) => name === directory.domain && vpcId === network?.vpcId);
    if (same !== undefined) {
      findings.push(
        refusal(
          `The directory ${same.id} in ${same.vpcId} is called ${directory.domain} already. Use it (existing directory), or choose another DomainName.`,
        ),
      );
    }
    return findings;
  });
}
