import type { Zone } from '../ask/zones.ts';
import type { Facts } from '../facts.ts';
import type { Heard } from '../remark.ts';
import type { Wanted } from '../wanted.ts';

/** The zone of the cluster: that of its subnet, where there is one already. Empty where it is not known. */
export function clusterZone(wanted: Wanted, { zones, network }: Facts): string {
  if (wanted.network === undefined) return firstZone(wanted, zones);
  return 'known' in network ? network.known.subnets[0]!.zoneId : '';
}

/** The zone in which subnets and gateways are made: the one given, else the region's first. Empty where it is not known. */
export function firstZone({ zones: given }: Wanted, zones: Heard<readonly Zone[]>): string {
  return given[0] ?? ('known' in zones ? zones.known[0]?.id : undefined) ?? '';
}
