import {
  attributeOf,
  type Condition,
  contains,
  eachMemberEquals,
  equals,
  not,
  when,
  whenList,
} from '../aws/conditions.ts';
import { SecurityGroup } from '../aws/generated/ec2-security-group.ts';
import { Listener } from '../aws/generated/elasticloadbalancingv2-listener.ts';
import { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { TargetGroup } from '../aws/generated/elasticloadbalancingv2-target-group.ts';
import { noValue } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';
import type { ExistingDirectory } from './existing-directory.ts';
import { TLS_POLICY } from './ldaps-listeners.ts';
import { id, made } from './needs.ts';
import { DIRECTORY_SUBNETS, VPC_CIDR_BLOCK, VPC_ID } from './network-needs.ts';
import { part } from './part.ts';

/** What the load balancer is built with, beside its name. */
interface Input {
  readonly VpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  readonly VpcCidr: Expression<string>;
  /** Who may connect. */
  readonly ClusterSecurityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  readonly existingDirectory: ExistingDirectory;
  readonly CertificateArn: Expression<string>;
  readonly plainListener: Condition;
}

export interface CheckedLoadBalancer {
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
  /** Exists once the load balancer has taken the certificate. */
  readonly certificateCheck: AnyHandle;
  /** Whether there is a listener without TLS too. */
  readonly plainListener: Condition;
}

/** An internal Network Load Balancer for LDAPS, and the proof that it takes the certificate: all that needs no directory. */
export const loadBalancer = part({
  name: 'load-balancer',
  group: 'LDAPS',
  choices(form) {
    const plain = form.flag('PlainListener', {
      label: 'LDAP without TLS too',
      Description: 'Whether the load balancer also listens on 389, where passwords cross the network in the clear.',
      Default: false,
    });
    return { plainListener: form.condition('WantsPlainListener', equals(plain, 'true')) };
  },
  needs: {
    VpcId: VPC_ID,
    VpcCidr: VPC_CIDR_BLOCK,
    ...DIRECTORY_SUBNETS,
    ClusterSecurityGroupId: id('AWS::EC2::SecurityGroup::Id', {
      group: 'Network (outputs of stack 1, prerequisites)',
      label: 'Security group of the nodes',
      Description: 'Who may connect to the load balancer.',
    }),
    CertificateArn: made,
    existingDirectory: made,
  },
  rules: [
    {
      name: 'SubnetsFit',
      of: ['VpcId', 'ClusterSubnetId', 'SecondSubnetId'],
      check: ({ VpcId, ClusterSubnetId, SecondSubnetId }) => ({
        assertions: [
          {
            assert: eachMemberEquals(
              [attributeOf(ClusterSubnetId, 'VpcId'), attributeOf(SecondSubnetId, 'VpcId')],
              VpcId.ref(),
            ),
            description: 'ClusterSubnetId and SecondSubnetId must be subnets of VpcId.',
          },
          {
            assert: not(
              contains(
                [attributeOf(ClusterSubnetId, 'AvailabilityZone')],
                attributeOf(SecondSubnetId, 'AvailabilityZone'),
              ),
            ),
            description:
              'ClusterSubnetId and SecondSubnetId must be in two availability zones: a directory needs both.',
          },
        ],
      }),
    },
  ],
  build(template, input) {
    const { ClusterSubnetId, SecondSubnetId, plainListener } = input;
    const balancer = template.resource(
      'LoadBalancer',
      new LoadBalancer({
        Type: 'network',
        Scheme: 'internal',
        Subnets: [ClusterSubnetId, SecondSubnetId],
        SecurityGroups: [loadBalancerSecurityGroup(template, input).get('GroupId')],
        LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      }),
      { tag: 'ldaps' },
    );
    const certificateCheck = checkCertificate(template, balancer, input);
    return { loadBalancer: { loadBalancer: balancer, certificateCheck, plainListener } };
  },
  gives: { loadBalancer: 'The load balancer, and what proves that it takes the certificate.' },
});

/** A port that no rule of the load balancer's security group admits. */
const CHECK_PORT = 6360;

/**
 * A listener that only exists to be refused: the listener of LDAPS needs targets, and so the directory, which takes up to
 * 45 minutes and cannot be stopped. A certificate that is not there, or of a kind that the load balancer does not take,
 * fails here within minutes.
 */
function checkCertificate(
  template: Template,
  balancer: ResourceHandle<LoadBalancer>,
  { VpcId, existingDirectory, CertificateArn }: Input,
): AnyHandle {
  const nowhere = template.resource(
    'CertificateCheckTargets',
    new TargetGroup({
      VpcId,
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 389,
    }),
    { tag: 'certificate-check', condition: existingDirectory.none },
  );
  return template.resource(
    'CertificateCheck',
    new Listener({
      LoadBalancerArn: balancer.ref(),
      Port: CHECK_PORT,
      Protocol: 'TLS',
      SslPolicy: TLS_POLICY,
      Certificates: [{ CertificateArn }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: nowhere.ref() }],
    }),
    {
      tag: 'certificate-check',
      comment: 'Nothing can reach it. It has a wrong certificate refused before the directory is begun.',
      condition: existingDirectory.none,
    },
  );
}

function loadBalancerSecurityGroup(template: Template, input: Input): ResourceHandle<SecurityGroup> {
  const from = (port: number, description: string) => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    SourceSecurityGroupId: input.ClusterSecurityGroupId,
    Description: description,
  });
  const to = (cidr: Value<string>, description: string) => ({
    IpProtocol: 'tcp',
    FromPort: 389,
    ToPort: 389,
    CidrIp: cidr,
    Description: description,
  });
  const [first, second] = input.existingDirectory.addresses;
  return template.resource(
    'LoadBalancerSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'LDAPS from the nodes, LDAP to the directory',
      VpcId: input.VpcId,
      SecurityGroupIngress: [
        from(636, 'LDAPS from the nodes'),
        when(input.plainListener, from(389, 'LDAP without TLS from the nodes, as asked for'), noValue),
      ],
      SecurityGroupEgress: whenList(
        input.existingDirectory.none,
        [to(input.VpcCidr, 'LDAP to the directory')],
        [to(sub`${first}/32`, 'LDAP to the first controller'), to(sub`${second}/32`, 'LDAP to the second controller')],
      ),
    }),
    { tag: 'ldaps' },
  );
}
