import type { Use } from '../ask/use.ts';
import type { Facts } from '../facts.ts';
import { about, quotaWords, type Remark, refusal } from '../remark.ts';
import type { Wanted } from '../wanted.ts';
import { firstZone } from './cluster-zone.ts';

type Count = (use: Use, zoneId: string) => number;

/** What a new network takes one more of. Codes: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const NETWORK_QUOTAS: readonly {
  readonly service: string;
  readonly code: string;
  readonly what: string;
  readonly count: Count;
  /** Whether it is made also for a VPC that exists. */
  readonly isRoute: boolean;
}[] = [
  { service: 'vpc', code: 'L-F678F1CE', what: 'VPCs', count: ({ vpcs }) => vpcs, isRoute: false },
  {
    service: 'vpc',
    code: 'L-A4707A72',
    what: 'internet gateways',
    count: (use) => use.internetGateways,
    isRoute: true,
  },
  {
    service: 'vpc',
    code: 'L-FE5A380F',
    what: 'NAT gateways in the zone',
    count: (use, id) => use.natGateways[id] ?? 0,
    isRoute: true,
  },
  { service: 'ec2', code: 'L-0263D0A3', what: 'elastic addresses', count: ({ addresses }) => addresses, isRoute: true },
];

/** Whether there is room for one more VPC, gateway and address, where they are made. */
export function checkNewNetwork(wanted: Wanted, { use, networkQuotas, zones }: Facts): readonly Remark[] {
  const made = NETWORK_QUOTAS.filter(({ isRoute }) => (isRoute ? wanted.makesRoutes : wanted.network === undefined));
  if (made.length === 0 || wanted.before !== undefined) return [];
  return about('how many VPCs and addresses the account has', use, (used) =>
    about('how many VPCs and addresses the account may have', networkQuotas, (quotas) =>
      made.flatMap(({ code, what, count }) => {
        const quota = quotas.get(code)!;
        const there = count(used, firstZone(wanted, zones));
        if (there < quota.value) return [];
        return [refusal(`The region has ${there} of ${quota.value} ${what}. ${quotaWords(quota, wanted.region)}.`)];
      }),
    ),
  );
}
