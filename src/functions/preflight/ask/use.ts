import {
  DescribeAddressesCommand,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';

/** How many there are already of the things that a new network needs one more of. */
export interface Use {
  readonly vpcs: number;
  readonly internetGateways: number;
  readonly addresses: number;
  /** NAT gateways by the id of their zone. */
  readonly natGateways: Readonly<Record<string, number>>;
}

/** Counts them in the account and region. */
export async function askUse({ ec2: client }: Clients, stop: AbortSignal): Promise<Use> {
  const options = { abortSignal: stop };
  const config = { client, pageSize: 1000 };
  const count = async <P>(pages: AsyncIterable<P>, of: (page: P) => readonly unknown[] | undefined) => {
    let all = 0;
    for await (const page of pages) all += of(page)?.length ?? 0;
    return all;
  };
  const nat = async () => {
    const zoneOf = new Map<string | undefined, string>();
    for await (const { Subnets = [] } of paginateDescribeSubnets(config, {}, options)) {
      for (const { SubnetId, AvailabilityZoneId = '' } of Subnets) zoneOf.set(SubnetId, AvailabilityZoneId);
    }
    const zones: Record<string, number> = {};
    const Filter = [{ Name: 'state', Values: ['pending', 'available'] }];
    for await (const { NatGateways = [] } of paginateDescribeNatGateways(config, { Filter }, options)) {
      for (const { SubnetId } of NatGateways) {
        const zone = zoneOf.get(SubnetId) ?? '';
        zones[zone] = (zones[zone] ?? 0) + 1;
      }
    }
    return zones;
  };
  const [vpcs, internetGateways, addresses, natGateways] = await Promise.all([
    count(paginateDescribeVpcs(config, {}, options), ({ Vpcs }) => Vpcs),
    count(paginateDescribeInternetGateways(config, {}, options), (page) => page.InternetGateways),
    client.send(new DescribeAddressesCommand({}), options).then(({ Addresses = [] }) => Addresses.length),
    nat(),
  ]);
  return { vpcs, internetGateways, addresses, natGateways };
}
