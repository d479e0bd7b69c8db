import type { Facts } from '../facts.ts';
import { about, doubt, type Remark, refusal } from '../remark.ts';
import type { Wanted } from '../wanted.ts';
import { clusterZone } from './cluster-zone.ts';

/** Whether there are two zones, those that are given, and whether the instance types are in the cluster's. */
export function checkZones(wanted: Wanted, facts: Facts): readonly Remark[] {
  if (wanted.before !== undefined) return [];
  const zone = clusterZone(wanted, facts);
  return [
    ...about('the availability zones', facts.zones, (all) =>
      checkPair(
        wanted,
        all.map(({ id }) => id),
      ),
    ),
    ...types(),
  ];

  function types(): readonly Remark[] {
    return about('which instance types the zone has', facts.offerings, (offered) =>
      wanted.cluster.groups.flatMap(({ name, type, count, plan }) => {
        const places = offered[type.replace(/^ml\./, '')] ?? [];
        if (zone === '' || count === 0 || plan !== '' || places.includes(zone)) return [];
        const others = places.length > 0 ? `EC2 has it in ${places.join(', ')}` : 'EC2 has it in no zone of the region';
        return [doubt(`The instances of ${name} (${type}) may not exist in ${zone}: ${others}.`)];
      }),
    );
  }
}

function checkPair({ zones: given, network, region }: Wanted, ids: readonly string[]): readonly Remark[] {
  if (network !== undefined) return [];
  if (given.length === 0) {
    return ids.length >= 2 ? [] : [refusal(`${region} has fewer than two availability zones: a directory needs two.`)];
  }
  const missing = given.filter((id) => !ids.includes(id));
  if (missing.length > 0) {
    return [
      refusal(`${missing.join(' and ')}: no such zone can be used in ${region}. Choose two of ${ids.join(', ')}.`),
    ];
  }
  return given[0] === given[1] ? [refusal('ClusterZoneId and SecondZoneId must be two zones.')] : [];
}
