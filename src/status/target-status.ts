import { openClient } from '../cloud/client.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { TargetStatus } from './status.ts';

/** The health of what is behind a load balancer's target groups, by their ARNs. Throws what Elastic Load Balancing answers. */
export async function targetStatus(groups: readonly string[], place: AwsPlace): Promise<readonly TargetStatus[]> {
  const { sdk, client } = await openClient(
    { service: 'Elastic_Load_Balancing_v2', ...place },
    () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    ({ ElasticLoadBalancingV2Client }, settings) => new ElasticLoadBalancingV2Client(settings),
  );
  try {
    const found: TargetStatus[] = [];
    for (const TargetGroupArn of groups) {
      const answer = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn }));
      for (const { Target, TargetHealth } of answer.TargetHealthDescriptions ?? [])
        found.push({
          group: TargetGroupArn.split('/')[1] ?? TargetGroupArn,
          target: `${Target?.Id}:${Target?.Port}`,
          health: TargetHealth?.State ?? 'unknown',
          reason: TargetHealth?.Description ?? '',
        });
    }
    return found;
  } finally {
    client.destroy();
  }
}
