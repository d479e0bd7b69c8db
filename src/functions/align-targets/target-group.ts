import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { retry } from '../lib/retry.ts';

/** LDAP, to which the load balancer goes on. */
const PORT = 389;

/** A target, and how the load balancer finds it. */
export interface SeenTarget {
  readonly address: string;
  /** `healthy`, `unhealthy`, `initial`, `draining`, `unused` and others. */
  readonly state: string;
  /** Such as `Target.FailedHealthChecks`. */
  readonly reason: string;
}

/** The targets of one group. */
export interface TargetGroup {
  targets(): Promise<readonly SeenTarget[]>;
  register(addresses: readonly string[]): Promise<void>;
  deregister(addresses: readonly string[]): Promise<void>;
}

/** @param zone `all` for targets outside the VPC, else empty */
export function targetGroup(TargetGroupArn: string, zone: string, stop: AbortSignal): TargetGroup {
  const client = new ElasticLoadBalancingV2Client({});
  const asked = { abortSignal: stop };
  const wanted = (addresses: readonly string[]) => ({
    TargetGroupArn,
    Targets: addresses.map((Id) => ({ Id, Port: PORT, ...(zone !== '' && { AvailabilityZone: zone }) })),
  });
  return {
    async targets() {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn });
      const { TargetHealthDescriptions = [] } = await retry(stop, () => client.send(command, asked));
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
        address: Target?.Id ?? '',
        state: TargetHealth?.State ?? '',
        reason: TargetHealth?.Reason ?? '',
      }));
    },
    async register(addresses) {
      console.log(`New targets: ${addresses.join(', ')}`);
      await retry(stop, () => client.send(new RegisterTargetsCommand(wanted(addresses)), asked));
    },
    async deregister(addresses) {
      console.log(`Targets no more: ${addresses.join(', ')}`);
      await retry(stop, () => client.send(new DeregisterTargetsCommand(wanted(addresses)), asked));
    },
  };
}
