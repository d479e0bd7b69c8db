import type { PropertiesOf } from '../lib/declaration.ts';
import type { preflightFunction } from './function.ts';

/** An instance group that the cluster is to have. */
export interface WantedGroup {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  /** GiB of its extra disk; 0 for none. */
  readonly disk: number;
  /** ARN of a training plan, or empty. */
  readonly plan: string;
  readonly capacity: 'OnDemand' | 'Spot';
}

/** The cluster that is to be launched: its name, and its instance groups. */
export interface WantedCluster {
  readonly name: string;
  readonly groups: readonly WantedGroup[];
}

/** A VPC that exists, as the launcher named it. */
export interface WantedNetwork {
  readonly vpcId: string;
  readonly cidr: string;
  readonly subnets: readonly [cluster: string, second: string];
}

/** What is to be launched. */
export interface Wanted {
  readonly region: string;
  readonly cluster: WantedCluster;
  /** What there is already: an update asks only for what it adds. */
  readonly before: WantedCluster | undefined;
  /** Ids of two zones; none where AWS chooses. */
  readonly zones: readonly string[];
  /** Undefined where a network is made. */
  readonly network: WantedNetwork | undefined;
  /** Whether its gateways and routes are made. */
  readonly makesRoutes: boolean;
  /** How many elastic addresses are made. */
  readonly addresses: number;
  readonly directory: { readonly domain: string; readonly isMade: boolean };
  /** Undefined where a certificate is made. */
  readonly certificateArn: string | undefined;
  /** The first person; undefined where nobody is made. */
  readonly admin: { readonly user: string; readonly publicKey: string } | undefined;
}

type Properties = PropertiesOf<typeof preflightFunction>;

/** Reads what CloudFormation hands over; `old` is there in an update. */
export function wantedOf(properties: Properties, region: string, old?: Properties): Wanted {
  const { VpcId, VpcCidr, ClusterSubnetId, SecondSubnetId, AdminUser, AdminPublicKey } = properties;
  return {
    region,
    cluster: clusterOf(properties),
    before: old && clusterOf(old),
    zones: [properties.ClusterZoneId, properties.SecondZoneId].filter((zone) => zone !== ''),
    network: VpcId === '' ? undefined : { vpcId: VpcId, cidr: VpcCidr, subnets: [ClusterSubnetId, SecondSubnetId] },
    makesRoutes: properties.MakesRoutes === 'true',
    addresses: Number(properties.Addresses),
    directory: { domain: properties.DomainName, isMade: properties.MakesDirectory === 'true' },
    certificateArn: properties.CertificateArn === '' ? undefined : properties.CertificateArn,
    admin: AdminUser === '' && AdminPublicKey === '' ? undefined : { user: AdminUser, publicKey: AdminPublicKey },
  };
}

function clusterOf({ ClusterName, Groups }: Properties): WantedCluster {
  return { name: ClusterName, groups: Groups.map(groupOf) };
}

/** Reads `name=worker type=ml.g6e.12xlarge count=2 disk=500 plan= capacity=OnDemand`. */
export function groupOf(text: string): WantedGroup {
  const values = Object.fromEntries(text.split(' ').map((pair) => pair.split(/=(.*)/s, 2)));
  const { name, type, count, disk, plan, capacity } = values;
  return { name, type, count: Number(count), disk: Number(disk), plan, capacity };
}
