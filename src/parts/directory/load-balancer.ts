import { equals, when, whenList } from '../../aws/conditions.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { LoadBalancer } from '../../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { noValue } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Value } from '../../aws/value.ts';
import { id, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { DIRECTORY_SUBNETS, VPC_CIDR_BLOCK, VPC_ID } from '../network/network-needs.ts';
import { SUBNETS_FIT } from '../network/subnets-fit.ts';

/** An internal Network Load Balancer for LDAPS. It needs no directory. */
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
    existingDirectory: made,
  },
  rules: [SUBNETS_FIT],
  build(template, needs) {
    const {
      VpcId,
      VpcCidr,
      ClusterSubnetId,
      SecondSubnetId,
      ClusterSecurityGroupId,
      existingDirectory,
      plainListener,
    } = needs;
    const [first, second] = existingDirectory.addresses;
    const from = (port: number, Description: string) => ({
      ...tcp(port),
      SourceSecurityGroupId: ClusterSecurityGroupId,
      Description,
    });
    const to = (CidrIp: Value<string>, Description: string) => ({ ...tcp(389), CidrIp, Description });
    const inVpc = to(VpcCidr, 'LDAP to the directory');
    const given = [
      to(sub`${first}/32`, 'LDAP to the first controller'),
      to(sub`${second}/32`, 'LDAP to the second controller'),
    ];
    const securityGroup = template.resource(
      'LoadBalancerSecurityGroup',
      new SecurityGroup({
        GroupDescription: 'LDAPS from the nodes, LDAP to the directory',
        VpcId,
        SecurityGroupIngress: [
          from(636, 'LDAPS from the nodes'),
          when(plainListener, from(389, 'LDAP without TLS from the nodes, as asked for'), noValue),
        ],
        SecurityGroupEgress: whenList(
          existingDirectory.none,
          [inVpc],
          // Whose controllers the stack can ask for may have others later, in the same VPC.
          whenList(existingDirectory.administered, [inVpc, ...given], given),
        ),
      }),
      { tag: 'ldaps' },
    );
    const balancer = template.resource(
      'LoadBalancer',
      new LoadBalancer({
        Type: 'network',
        Scheme: 'internal',
        Subnets: [ClusterSubnetId, SecondSubnetId],
        SecurityGroups: [securityGroup.get('GroupId')],
        LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      }),
      { tag: 'ldaps' },
    );
    return {
      loadBalancer: balancer,
      loadBalancerSecurityGroup: securityGroup,
      LoadBalancerSecurityGroupId: securityGroup.get('GroupId'),
      plainListener,
    };
  },
  gives: {
    loadBalancer: 'The load balancer of LDAPS.',
    loadBalancerSecurityGroup: 'Its security group.',
    LoadBalancerSecurityGroupId: 'Security group of the load balancer.',
    plainListener: 'Whether it listens without TLS too.',
  },
});

function tcp(port: number) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port };
}
