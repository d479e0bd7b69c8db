import { DescribeAvailabilityZonesCommand, paginateDescribeInstanceTypeOfferings } from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';

/** An availability zone of the region that can be used. */
export interface Zone {
  readonly id: string;
  readonly name: string;
}

/** The region's availability zones (no local zones) in the order in which AWS lists them. */
export async function askZones({ ec2 }: Clients, stop: AbortSignal): Promise<readonly Zone[]> {
  const Filters = [{ Name: 'zone-type', Values: ['availability-zone'] }];
  const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({ Filters }), {
    abortSignal: stop,
  });
  const usable = AvailabilityZones.filter(({ State }) => State === 'available');
  return usable.map(({ ZoneId = '', ZoneName = '' }) => ({ id: ZoneId, name: ZoneName }));
}

/** For each instance type (without `ml.`) the ids of the zones in which EC2 has it. */
export async function askOfferings(
  { ec2: client }: Clients,
  types: readonly string[],
  stop: AbortSignal,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const offered: Record<string, string[]> = Object.fromEntries(types.map((type) => [type, []]));
  const input = {
    LocationType: 'availability-zone-id' as const,
    Filters: [{ Name: 'instance-type', Values: [...types] }],
  };
  for await (const { InstanceTypeOfferings = [] } of paginateDescribeInstanceTypeOfferings({ client }, input, {
    abortSignal: stop,
  })) {
    for (const { InstanceType = '', Location = '' } of InstanceTypeOfferings) offered[InstanceType]?.push(Location);
  }
  return offered;
}
