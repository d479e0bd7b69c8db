import { Listener } from '../../aws/generated/elasticloadbalancingv2-listener.ts';
import { TargetGroup } from '../../aws/generated/elasticloadbalancingv2-target-group.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';
import { TLS_POLICY } from './ldaps-listeners.ts';

/** A port that no rule of the load balancer's security group admits. */
const CHECK_PORT = 6360;

/**
 * A listener that only exists to be refused: the listener of LDAPS needs targets, and so the directory, which takes up to
 * 45 minutes and cannot be stopped. A certificate that is not there, or of a kind that the load balancer does not take,
 * fails here within minutes.
 */
export const certificateCheck = part({
  name: 'certificate-check',
  needs: { VpcId: VPC_ID, CertificateArn: made, existingDirectory: made, loadBalancer: made },
  build(template, { VpcId, CertificateArn, existingDirectory, loadBalancer }) {
    const condition = existingDirectory.none;
    const nowhere = template.resource(
      'CertificateCheckTargets',
      new TargetGroup({ VpcId, TargetType: 'ip', Protocol: 'TCP', Port: 389 }),
      { tag: 'certificate-check', condition },
    );
    const certificateCheck = template.resource(
      'CertificateCheck',
      new Listener({
        LoadBalancerArn: loadBalancer.ref(),
        Port: CHECK_PORT,
        Protocol: 'TLS',
        SslPolicy: TLS_POLICY,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: nowhere.ref() }],
      }),
      {
        tag: 'certificate-check',
        comment: 'Nothing can reach it. It has a wrong certificate refused before the directory is begun.',
        condition,
      },
    );
    return { certificateCheck };
  },
  gives: { certificateCheck: 'Exists once the load balancer has taken the certificate.' },
});
