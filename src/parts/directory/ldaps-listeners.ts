import { Listener } from '../../aws/generated/elasticloadbalancingv2-listener.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';

/** TLS 1.2 and 1.3, with suites for RSA and ECDSA certificates. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/** LDAPS for the directory: TLS ends on 636 of the load balancer, and goes on to the controllers' 389. */
export const ldapsListeners = part({
  name: 'ldaps-listeners',
  needs: {
    CertificateArn: made,
    loadBalancer: made,
    plainListener: made,
    ldapsTargets: made,
    targetsAligned: made,
  },
  build(template, { CertificateArn, loadBalancer, plainListener, ldapsTargets, targetsAligned }) {
    const toDirectory = [{ Type: 'forward', TargetGroupArn: ldapsTargets.ref() }] as const;
    // An update from another target group leads there only when a controller answers in it.
    const dependsOn = [targetsAligned];
    const ldapsListener = template.resource(
      'LdapsListener',
      new Listener({
        LoadBalancerArn: loadBalancer.ref(),
        Port: 636,
        Protocol: 'TLS',
        SslPolicy: TLS_POLICY,
        Certificates: [{ CertificateArn }],
        DefaultActions: toDirectory,
      }),
      { tag: 'ldaps', dependsOn },
    );
    template.resource(
      'LdapListener',
      new Listener({
        LoadBalancerArn: loadBalancer.ref(),
        Port: 389,
        Protocol: 'TCP',
        DefaultActions: toDirectory,
      }),
      { tag: 'ldap', condition: plainListener, dependsOn },
    );
    return { ldapsListener };
  },
  gives: { ldapsListener: 'Where LDAPS is spoken, once a domain controller answers.' },
});
