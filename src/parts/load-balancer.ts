import { type Condition, when, whenList } from '../aws/conditions.ts';
import { SecurityGroup } from '../aws/generated/ec2-security-group.ts';
import { Listener } from '../aws/generated/elasticloadbalancingv2-listener.ts';
import { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { TargetGroup } from '../aws/generated/elasticloadbalancingv2-target-group.ts';
import { noValue } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';
import { TLS_POLICY } from './ldaps-listeners.ts';

export interface LoadBalancerInput {
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
  readonly vpcCidr: Value<string>;
  readonly subnetIds: readonly [Value<Id<'AWS::EC2::Subnet.Id'>>, Value<Id<'AWS::EC2::Subnet.Id'>>];
  /** Who may connect. */
  readonly clientSecurityGroupId: Value<Id<'AWS::EC2::SecurityGroup.Id'>>;
  /** Whether the directory is one of this stack, within the VPC's CIDR. */
  readonly ownDirectory: Condition;
  /** The two controllers of a directory that exists already. */
  readonly existingAddresses: readonly [Expression<string>, Expression<string>];
  readonly certificateArn: Value<string>;
  /** Whether there is a listener without TLS too. */
  readonly plainListener: Condition;
}

export interface CheckedLoadBalancer {
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
  /** Exists once the load balancer has taken the certificate. */
  readonly certificateCheck: AnyHandle;
}

/** An internal Network Load Balancer for LDAPS, and the proof that it takes the certificate: all that needs no directory. */
export function loadBalancer(template: Template, input: LoadBalancerInput): CheckedLoadBalancer {
  const balancer = template.resource(
    'LoadBalancer',
    new LoadBalancer({
      Type: 'network',
      Scheme: 'internal',
      Subnets: input.subnetIds,
      SecurityGroups: [loadBalancerSecurityGroup(template, input).get('GroupId')],
      LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
    }),
    { tag: 'ldaps' },
  );
  return { loadBalancer: balancer, certificateCheck: certificateCheck(template, balancer, input) };
}

/** A port that no rule of the load balancer's security group admits. */
const CHECK_PORT = 6360;

/**
 * A listener that only exists to be refused: the listener of LDAPS needs targets, and so the directory, which takes up to
 * 45 minutes and cannot be stopped. A certificate that is not there, or of a kind that the load balancer does not take,
 * fails here within minutes.
 */
function certificateCheck(
  template: Template,
  balancer: ResourceHandle<LoadBalancer>,
  { vpcId, ownDirectory, certificateArn }: LoadBalancerInput,
): AnyHandle {
  const nowhere = template.resource(
    'CertificateCheckTargets',
    new TargetGroup({
      VpcId: vpcId,
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 389,
    }),
    { tag: 'certificate-check', condition: ownDirectory },
  );
  return template.resource(
    'CertificateCheck',
    new Listener({
      LoadBalancerArn: balancer.ref(),
      Port: CHECK_PORT,
      Protocol: 'TLS',
      SslPolicy: TLS_POLICY,
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: nowhere.ref() }],
    }),
    {
      tag: 'certificate-check',
      comment: 'Nothing can reach it. It has a wrong certificate refused before the directory is begun.',
      condition: ownDirectory,
    },
  );
}

function loadBalancerSecurityGroup(template: Template, input: LoadBalancerInput): ResourceHandle<SecurityGroup> {
  const from = (port: number, description: string) => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    SourceSecurityGroupId: input.clientSecurityGroupId,
    Description: description,
  });
  const to = (cidr: Value<string>, description: string) => ({
    IpProtocol: 'tcp',
    FromPort: 389,
    ToPort: 389,
    CidrIp: cidr,
    Description: description,
  });
  const [first, second] = input.existingAddresses;
  return template.resource(
    'LoadBalancerSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'LDAPS from the nodes, LDAP to the directory',
      VpcId: input.vpcId,
      SecurityGroupIngress: [
        from(636, 'LDAPS from the nodes'),
        when(input.plainListener, from(389, 'LDAP without TLS from the nodes, as asked for'), noValue),
      ],
      SecurityGroupEgress: whenList(
        input.ownDirectory,
        [to(input.vpcCidr, 'LDAP to the directory')],
        [to(sub`${first}/32`, 'LDAP to the first controller'), to(sub`${second}/32`, 'LDAP to the second controller')],
      ),
    }),
    { tag: 'ldaps' },
  );
}
