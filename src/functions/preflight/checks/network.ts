import type { Network, Subnet } from '../ask/network.ts';
import type { Facts } from '../facts.ts';
import { about, doubt, type Remark, refusal } from '../remark.ts';
import type { Wanted, WantedNetwork } from '../wanted.ts';

/** Whether a VPC that exists is fit: its CIDR, its DNS, its subnets, and their way to AWS. */
export function checkNetwork({ network: wanted, makesRoutes }: Wanted, { network }: Facts): readonly Remark[] {
  if (wanted === undefined) return [];
  return about(`the network ${wanted.vpcId}`, network, (found) => [
    ...checkVpc(wanted, found),
    ...(makesRoutes ? [] : found.subnets.flatMap((subnet) => checkWay(subnet, found))),
  ]);
}

function checkVpc({ vpcId, cidr }: WantedNetwork, found: Network): readonly Remark[] {
  const findings: Remark[] = [];
  const refuse = (text: string) => findings.push(refusal(text));
  if (found.cidr !== cidr) {
    refuse(
      `The primary CIDR of ${vpcId} is ${found.cidr}, not ${cidr}: the directory admits no other. Correct VpcCidr.`,
    );
  }
  if (/^198\.1[89]\./.test(found.cidr)) refuse(`${vpcId} is in 198.18.0.0/15, which a directory does not take.`);
  if (found.tenancy !== 'default') refuse(`${vpcId} has dedicated tenancy, which a directory does not take.`);
  const dns = [found.dnsSupport ? '' : '--enable-dns-support', found.dnsHostnames ? '' : '--enable-dns-hostnames'];
  for (const option of dns.filter((one) => one !== '')) {
    refuse(`${vpcId} needs DNS: aws ec2 modify-vpc-attribute --vpc-id ${vpcId} ${option}.`);
  }
  for (const { id, vpcId: other } of found.subnets)
    if (other !== vpcId) refuse(`${id} is in ${other}, not in ${vpcId}.`);
  const [first, second] = found.subnets;
  if (first!.zoneId === second!.zoneId) {
    refuse(`${first!.id} and ${second!.id} are both in ${first!.zoneId}: a directory needs two zones.`);
  }
  return findings;
}

/** What nodes and functions call without a public address, and by which kind of endpoint it can be reached. */
const SERVICES = [
  { service: 'secretsmanager', kind: 'Interface' },
  { service: 'ds', kind: 'Interface' },
  { service: 's3', kind: 'Gateway' },
] as const;

/** A NAT gateway leads everywhere; without one, each service needs an endpoint. */
function checkWay(subnet: Subnet, { endpoints }: Network): readonly Remark[] {
  const { id, defaultRoute, routeTableId } = subnet;
  if (defaultRoute.startsWith('nat-')) return [];
  const hasEndpoint = ({ service, kind }: (typeof SERVICES)[number]) =>
    endpoints.some(
      (one) =>
        one.service === service &&
        (one.kind === 'Interface' ? one.privateDns : one.kind === kind && one.routeTableIds.includes(routeTableId)),
    );
  const missing = SERVICES.filter((one) => !hasEndpoint(one)).map(({ service }) => service);
  if (missing.length === 0) return [];
  const services = missing.join(', ');
  if (defaultRoute.startsWith('igw-')) {
    const why = 'its route leads to an internet gateway, and nodes have no public address';
    return [refusal(`${id} has no way to ${services}: ${why}. Choose a private subnet with a NAT gateway.`)];
  }
  if (defaultRoute === '') {
    const advice = `Give it a route 0.0.0.0/0 to a NAT gateway, or the VPC endpoints of ${services}`;
    return [refusal(`${id} has no way to ${services}. ${advice}.`)];
  }
  return [doubt(`Not known: whether ${id} reaches ${services} through ${defaultRoute}.`)];
}
