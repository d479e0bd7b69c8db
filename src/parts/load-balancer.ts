import { type Condition, when, whenList } from '../aws/conditions.ts';
import { SecurityGroup } from '../aws/generated/ec2-security-group.ts';
import { Listener } from '../aws/generated/elasticloadbalancingv2-listener.ts';
import { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { TargetGroup } from '../aws/generated/elasticloadbalancingv2-target-group.ts';
import { noValue } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';
import { tags } from './tags.ts';

export interface LoadBalancerInput {
  readonly project: string;
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
  readonly vpcCidr: Value<string>;
  readonly subnetIds: readonly [Value<Id<'AWS::EC2::Subnet.Id'>>, Value<Id<'AWS::EC2::Subnet.Id'>>];
  /** Who may connect. */
  readonly clientSecurityGroupId: Value<Id<'AWS::EC2::SecurityGroup.Id'>>;
  /** The two domain controllers. */
  readonly addresses: readonly [Expression<string>, Expression<string>];
  /** Whether the directory is one of this stack, within the VPC's CIDR. */
  readonly ownDirectory: Condition;
  /** The two controllers of a directory that exists already. */
  readonly existingAddresses: readonly [Expression<string>, Expression<string>];
  /** Whether the controllers lie outside the VPC. */
  readonly addressesOutsideVpc: Condition;
  readonly certificateArn: Value<string>;
  /** Whether there is a listener without TLS too. */
  readonly plainListener: Condition;
}

export interface DirectoryLoadBalancer {
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
  readonly targetGroup: ResourceHandle<TargetGroup>;
}

/** LDAPS for the directory: an internal Network Load Balancer that ends TLS on 636 and hands on to the controllers' 389. */
export function loadBalancer(template: Template, input: LoadBalancerInput): DirectoryLoadBalancer {
  const { project } = input;
  const balancer = template.resource(
    'LoadBalancer',
    new LoadBalancer({
      Type: 'network',
      Scheme: 'internal',
      Subnets: input.subnetIds,
      SecurityGroups: [loadBalancerSecurityGroup(template, input).get('GroupId')],
      LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      Tags: tags(project, 'ldaps'),
    }),
  );
  const zone = { AvailabilityZone: when(input.addressesOutsideVpc, 'all', noValue) };
  const targetGroup = template.resource(
    'DirectoryTargets',
    new TargetGroup({
      VpcId: input.vpcId,
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 389,
      Targets: input.addresses.map((address) => ({ Id: address, Port: 389, ...zone })),
      HealthCheckProtocol: 'TCP',
      HealthCheckPort: 'traffic-port',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      TargetGroupAttributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
        { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
      ],
      Tags: tags(project, 'ldaps'),
    }),
  );
  const toDirectory = [{ Type: 'forward', TargetGroupArn: targetGroup.ref() }] as const;
  template.resource(
    'LdapsListener',
    new Listener({
      LoadBalancerArn: balancer.ref(),
      Port: 636,
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: input.certificateArn }],
      DefaultActions: toDirectory,
      Tags: tags(project, 'ldaps'),
    }),
  );
  template.resource(
    'LdapListener',
    new Listener({
      LoadBalancerArn: balancer.ref(),
      Port: 389,
      Protocol: 'TCP',
      DefaultActions: toDirectory,
      Tags: tags(project, 'ldap'),
    }),
    { condition: input.plainListener },
  );
  return { loadBalancer: balancer, targetGroup };
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
      Tags: tags(input.project, 'ldaps'),
    }),
  );
}
