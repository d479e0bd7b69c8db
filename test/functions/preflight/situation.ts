import type { Facts } from '../../../src/functions/preflight/facts.ts';
import { check } from '../../../src/functions/preflight/preflight.ts';
import type { Quota } from '../../../src/functions/preflight/remark.ts';
import type { Wanted, WantedGroup } from '../../../src/functions/preflight/wanted.ts';

export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJhx2+yKuDtRZzGZiHZOBG7j1nbdLnYdFZBPQj+GNOvf ada@laptop';
export const GPU = 'ml.g6e.12xlarge';

export const group = (more: Partial<WantedGroup> = {}): WantedGroup => ({
  name: 'worker',
  type: GPU,
  count: 2,
  disk: 500,
  plan: '',
  capacity: 'OnDemand',
  ...more,
});

/** A launch that everything is right with, as the launchpad asks for it. */
export const WANTED: Wanted = {
  region: 'us-west-2',
  cluster: { name: 'hyperpod', groups: [group()] },
  before: undefined,
  zones: [],
  network: undefined,
  makesRoutes: true,
  addresses: 1,
  directory: { domain: 'hyperpod.internal', isMade: true },
  certificateArn: undefined,
  admin: { user: 'ada', publicKey: KEY },
};

const quota = (service: string, code: string, name: string, value: number): Quota => ({ service, code, name, value });
export const quotasOf = (...all: readonly (readonly [name: string, value: number, code?: string])[]) => ({
  known: new Map(all.map(([name, value, code = 'L-12345678']) => [name, quota('sagemaker', code, name, value)])),
});

export const NAMES = {
  type: `${GPU} for cluster usage`,
  spot: `${GPU} for cluster spot instance usage`,
  total: 'Total number of instances allowed across SageMaker HyperPod clusters',
  spotTotal: 'Total number of Spot instances allowed across SageMaker HyperPod clusters',
  perCluster: 'Maximum number instances allowed per SageMaker HyperPod cluster',
  disk: 'Maximum size of EBS volume in GB for a SageMaker HyperPod cluster instance',
};

const networkQuota = (service: string, code: string, name: string) => [code, quota(service, code, name, 5)] as const;

/** What AWS says where everything is right. */
export const FACTS: Facts = {
  instanceQuotas: quotasOf(
    [NAMES.type, 2, 'L-A15DF696'],
    [NAMES.total, 30, 'L-3308CCC7'],
    [NAMES.perCluster, 20, 'L-2CE978FC'],
    [NAMES.disk, 1024, 'L-E13DF72A'],
  ),
  clusters: { known: [] },
  use: { known: { vpcs: 1, internetGateways: 1, addresses: 0, natGateways: {} } },
  networkQuotas: {
    known: new Map([
      networkQuota('vpc', 'L-F678F1CE', 'VPCs per Region'),
      networkQuota('vpc', 'L-A4707A72', 'Internet gateways per Region'),
      networkQuota('vpc', 'L-FE5A380F', 'NAT gateways per Availability Zone'),
      networkQuota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs'),
    ]),
  },
  zones: {
    known: [
      { id: 'usw2-az2', name: 'us-west-2a' },
      { id: 'usw2-az1', name: 'us-west-2b' },
    ],
  },
  offerings: { known: { 'g6e.12xlarge': ['usw2-az1', 'usw2-az2'] } },
  network: { unknown: 'not asked' },
  directories: { known: { limit: 20, used: 1, all: [] } },
  certificate: { unknown: 'not asked' },
  plans: new Map(),
  concurrency: { known: 10 },
  now: Date.UTC(2026, 10, 27),
};

/** What is found where the launch, or what AWS says, is different in this. */
export function found(wanted: Partial<Wanted> = {}, facts: Partial<Facts> = {}): readonly string[] {
  return check({ ...WANTED, ...wanted }, { ...FACTS, ...facts }).map(({ level, text }) => `${level}: ${text}`);
}
