import { DescribeTrainingPlanCommand } from '@aws-sdk/client-sagemaker';
import type { Clients } from '../clients.ts';

/** A training plan, and what it reserves. */
export interface TrainingPlan {
  readonly status: string;
  /** For what it is: `hyperpod-cluster`, `training-job`. */
  readonly targets: readonly string[];
  readonly free: number;
  readonly reserved: readonly { readonly type: string; readonly zone: string; readonly zoneId: string }[];
}

export async function askTrainingPlan({ sageMaker }: Clients, arn: string, stop: AbortSignal): Promise<TrainingPlan> {
  const command = new DescribeTrainingPlanCommand({ TrainingPlanName: arn.split('/').at(-1) });
  const plan = await sageMaker.send(command, { abortSignal: stop });
  return {
    status: plan.Status ?? '',
    targets: plan.TargetResources ?? [],
    free: plan.AvailableInstanceCount ?? 0,
    reserved: (plan.ReservedCapacitySummaries ?? []).map(({ InstanceType, AvailabilityZone, ...more }) => ({
      type: InstanceType ?? '',
      zone: AvailabilityZone ?? '',
      zoneId: more.AvailabilityZoneId ?? '',
    })),
  };
}
