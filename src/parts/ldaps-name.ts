import type { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { HostedZone } from '../aws/generated/route53-hosted-zone.ts';
import { RecordSet } from '../aws/generated/route53-record-set.ts';
import { region } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';

/**
 * The name by which nodes reach the load balancer. It follows from the domain and is never asked for, so that no link can
 * send nodes, and with them the bind password, to another host.
 */
export function ldapsHost(domain: Expression<string>): Expression<string> {
  return sub`ldaps.${domain}`;
}

export interface LdapsNameInput {
  readonly host: Expression<string>;
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
}

/** The name of the load balancer within the VPC: a private zone that is this one host, so that it hides nothing of the domain. */
export function ldapsName(template: Template, { host, vpcId, loadBalancer }: LdapsNameInput): AnyHandle {
  const zone = template.resource(
    'LdapsZone',
    new HostedZone({
      Name: host,
      HostedZoneConfig: { Comment: 'LDAPS for the directory, within the VPC' },
      VPCs: [{ VPCId: vpcId, VPCRegion: region }],
    }),
    {
      tag: 'ldaps',
      comment: "Exactly the one host: a zone named like the directory's domain would hide the domain's own records.",
    },
  );
  return template.resource(
    'LdapsRecord',
    new RecordSet({
      HostedZoneId: zone.ref(),
      Name: host,
      Type: 'A',
      AliasTarget: {
        DNSName: loadBalancer.get('DNSName'),
        HostedZoneId: loadBalancer.get('CanonicalHostedZoneID'),
        EvaluateTargetHealth: false,
      },
    }),
  );
}
