import type { Use } from '../ask/use.ts';
import type { Facts } from '../facts.ts';
import { about, quotaWords, type Remark, refusal } from '../remark.ts';
import type { Wanted } from '../wanted.ts';
import { firstZone } from './cluster-zone.ts';

type Count = (use: Use, zoneId: string) => number;

/** What a new network takes more of. Codes: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const NETWORK_QUOTAS: readonly {
  readonly service: string;
  readonly code: string;
  readonly what: string;
  readonly count: Count;
  /** How many more are made. */
  readonly takes: (wanted: Wanted) => number;
}[] = [
  {
    service: 'vpc',
    code: 'L-F678F1CE',
    what: 'VPCs',
    count: ({ vpcs }) => vpcs,
    takes: ({ network }) => Number(network === undefined),
  },
  {
    service: 'vpc',
    code: 'L-A4707A72',
    what: 'internet gateways',
    count: (use) => use.internetGateways,
    takes: ({ makesRoutes }) => Number(makesRoutes),
  },
  {
    service: 'vpc',
    code: 'L-FE5A380F',
    what: 'NAT gateways in the zone',
    count: (use, id) => use.natGateways[id] ?? 0,
    takes: ({ makesRoutes }) => Number(makesRoutes),
  },
  {
    service: 'ec2',
    code: 'L-0263D0A3',
    what: 'elastic addresses',
    count: (use) => use.addresses,
    takes: (wanted) => wanted.addresses,
  },
];

/** Whether there is room for the VPC, gateways and addresses that are made. */
export function checkNewNetwork(wanted: Wanted, { use, networkQuotas, zones }: Facts): readonly Remark[] {
  const made = NETWORK_QUOTAS.filter(({ takes }) => takes(wanted) > 0);
  if (made.length === 0 || wanted.before !== undefined) return [];
  return about('how many VPCs and addresses the account has', use, (used) =>
    about('how many VPCs and addresses the account may have', networkQuotas, (quotas) =>
      made.flatMap(({ code, what, count, takes }) => {
        const quota = quotas.get(code)!;
        const there = count(used, firstZone(wanted, zones));
        const more = takes(wanted);
        if (there + more <= quota.value) return [];
        const than = more > 1 ? `, and ${more} are needed` : '';
        return [
          refusal(`The region has ${there} of ${quota.value} ${what}${than}. ${quotaWords(quota, wanted.region)}.`),
        ];
      }),
    ),
  );
}
