import { HostedZone } from '../../aws/generated/route53-hosted-zone.ts';
import { RecordSet } from '../../aws/generated/route53-record-set.ts';
import { region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';

/**
 * The name by which nodes reach the load balancer. It follows from the domain and is never asked for, so that no link can
 * send nodes, and with them the bind password, to another host.
 */
export function ldapsHost(domain: Expression<string>): Expression<string> {
  return sub`ldaps.${domain}`;
}

/** The name of the load balancer within the VPC: a private zone that is this one host, so that it hides nothing of the domain. */
export const ldapsName = part({
  name: 'ldaps-name',
  needs: { VpcId: VPC_ID, DomainName: made, loadBalancer: made },
  build(template, { VpcId, DomainName, loadBalancer }) {
    const host = ldapsHost(DomainName);
    const zone = template.resource(
      'LdapsZone',
      new HostedZone({
        Name: host,
        HostedZoneConfig: { Comment: 'LDAPS for the directory, within the VPC' },
        VPCs: [{ VPCId: VpcId, VPCRegion: region }],
      }),
      {
        tag: 'ldaps',
        comment: "Exactly the one host: a zone named like the directory's domain would hide the domain's own records.",
      },
    );
    const record = template.resource(
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
    return { LdapsHost: host, ldapsRecord: record };
  },
  gives: { LdapsHost: 'Name of the load balancer, within the VPC.', ldapsRecord: 'The record that resolves it.' },
});
