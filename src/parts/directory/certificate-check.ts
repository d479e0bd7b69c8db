import { Listener } from '../../aws/generated/elasticloadbalancingv2-listener.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { TLS_POLICY } from './ldaps-listeners.ts';

/** A port that no rule of the load balancer's security group admits. */
const CHECK_PORT = 6360;

/**
 * A listener that nobody can reach, there before the directory, which takes up to 45 minutes and cannot be stopped. A
 * certificate that is not there, or of a kind that the load balancer does not take, fails here within minutes. And the
 * load balancer looks after the health of targets that a listener leads to: by this one it does before LDAPS leads there.
 */
export const certificateCheck = part({
  name: 'certificate-check',
  needs: { CertificateArn: made, loadBalancer: made, ldapsTargets: made },
  build(template, { CertificateArn, loadBalancer, ldapsTargets }) {
    const listener = template.resource(
      'CertificateCheck',
      new Listener({
        LoadBalancerArn: loadBalancer.ref(),
        Port: CHECK_PORT,
        Protocol: 'TLS',
        SslPolicy: TLS_POLICY,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ldapsTargets.ref() }],
      }),
      {
        tag: 'certificate-check',
        comment:
          'Nothing can reach it. It has a wrong certificate refused before the directory is begun, and targets tried before LDAPS leads to them.',
      },
    );
    return { certificateCheck: listener };
  },
  gives: { certificateCheck: 'Exists once the load balancer has taken the certificate.' },
});
