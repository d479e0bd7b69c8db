import { why } from '../../aws/comments.ts';
import { equals, not, or, when } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { EIP } from '../../aws/generated/ec2-eip.ts';
import { Instance } from '../../aws/generated/ec2-instance.ts';
import { InstanceConnectEndpoint } from '../../aws/generated/ec2-instance-connect-endpoint.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { SecurityGroupIngress } from '../../aws/generated/ec2-security-group-ingress.ts';
import { base64, noValue, parameterNamed, region } from '../../aws/intrinsics.ts';
import { EC2_INSTANCE_TYPE, optional, PEOPLE_CIDR, PUBLIC_KEYS } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { gift, part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';
import { NODES_SECURITY_GROUP, PRIVATE_SUBNET, PUBLIC_SUBNET } from './access-network.ts';
import { bastionUserData, JUMP } from './bastion-user-data.ts';
import { hardened, hostProfile, newestImage } from './managed-host.ts';

const UBUNTU = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';

/**
 * A way to the nodes for people without AWS credentials: an Ubuntu host with a public address, or an EC2 Instance Connect
 * Endpoint, which needs no host and no address.
 * @param from whether the launcher is asked where people come from, or there is no bastion unless they choose one
 */
export function bastion(from: 'asked' | 'off') {
  return part({
    name: 'bastion',
    group: 'Bastion',
    choices: (form) => choices(form, from),
    needs: {
      VpcId: VPC_ID,
      ClusterSubnetId: PRIVATE_SUBNET,
      ClusterSecurityGroupId: NODES_SECURITY_GROUP,
      PublicSubnetId: PUBLIC_SUBNET,
    },
    rules: [
      {
        name: 'BastionHasSubnet',
        of: ['PublicSubnetId'],
        check: ({ PublicSubnetId }) => ({
          when: equals(parameterNamed('Bastion'), 'host'),
          assertions: [
            {
              assert: not(equals(PublicSubnetId.ref(), '')),
              description: 'A bastion that is a host needs PublicSubnetId of the stack prerequisites.',
            },
          ],
        }),
      },
    ],
    build(template, needs) {
      const { endpoint, cidr, keys, instanceType } = needs;
      const host = template.allOf('HasBastionHost', [needs.host, needs.PublicSubnetId.given]);
      const any = template.condition('HasBastion', or(host, endpoint));
      const { VpcId, ClusterSubnetId, ClusterSecurityGroupId } = needs;
      const https = (port: number) => ({ ...tcp(port), CidrIp: '0.0.0.0/0' });
      const group = template.resource(
        'BastionSecurityGroup',
        new SecurityGroup({
          GroupDescription: 'SSH from people to the bastion, and from it to the nodes',
          VpcId,
          SecurityGroupIngress: [
            when(host, { ...tcp(22), CidrIp: cidr, Description: 'SSH from where people are' }, noValue),
          ],
          SecurityGroupEgress: [
            { ...tcp(22), DestinationSecurityGroupId: ClusterSecurityGroupId, Description: 'SSH to the nodes' },
            when(
              host,
              why('Systems Manager and the archive of Ubuntu, which have no fixed addresses.', {
                ...https(443),
                Description: 'Systems Manager, packages',
              }),
              noValue,
            ),
            when(host, { ...https(80), Description: 'Packages, which are signed' }, noValue),
          ],
        }),
        { tag: 'bastion', condition: any },
      );
      template.resource(
        'BastionToNodes',
        new SecurityGroupIngress({
          GroupId: ClusterSecurityGroupId,
          ...tcp(22),
          SourceSecurityGroupId: group.get('GroupId'),
          Description: 'SSH from the bastion',
        }),
        { condition: any },
      );
      const profile = hostProfile(template, { name: 'Bastion', tag: 'bastion', condition: host });
      const instance = template.resource(
        'BastionHost',
        new Instance({
          ImageId: newestImage(UBUNTU),
          InstanceType: instanceType,
          SubnetId: needs.PublicSubnetId.value,
          SecurityGroupIds: [group.get('GroupId')],
          IamInstanceProfile: profile.ref(),
          ...hardened(16),
          UserData: base64(bastionUserData(keys)),
        }),
        {
          tag: 'bastion',
          condition: host,
          comment:
            'Who logs in here can forward connections to the nodes and nothing else. No key pair: administrators\ncome by Systems Manager.',
        },
      );
      const address = template.resource('BastionAddress', new EIP({ Domain: 'vpc', InstanceId: instance.ref() }), {
        tag: 'bastion',
        condition: host,
      });
      const way = template.resource(
        'BastionEndpoint',
        new InstanceConnectEndpoint({
          SubnetId: ClusterSubnetId,
          SecurityGroupIds: [group.get('GroupId')],
          PreserveClientIp: false,
        }),
        { tag: 'bastion', condition: endpoint },
      );
      return {
        BastionAddress: gift(address.ref(), { given: host }),
        BastionSshConfig: gift(sub`Host podlaunch-bastion\n  HostName ${address.ref()}\n  User ${JUMP}`, {
          given: host,
        }),
        BastionShell: gift(sub`aws ssm start-session --region ${region} --target ${instance.ref()}`, { given: host }),
        EndpointSshConfig: gift(
          sub`ProxyCommand aws ec2-instance-connect open-tunnel --region ${region} --instance-connect-endpoint-id ${way.ref()} --private-ip-address %h`,
          { given: endpoint },
        ),
        bastionEndpoint: { wanted: endpoint, arn: way.get('InstanceConnectEndpointArn') },
      };
    },
    gives: {
      BastionAddress: 'Public address of the bastion.',
      BastionSshConfig: 'For ~/.ssh/config: then ssh -J podlaunch-bastion NAME@NODE, by the private address of a node.',
      BastionShell: "An administrator's shell on the bastion.",
      EndpointSshConfig: 'For the Host entry of a node in ~/.ssh/config whose HostName is its private address.',
      bastionEndpoint: 'The way in by EC2 Instance Connect.',
    },
  });
}

function choices(form: Form, from: 'asked' | 'off') {
  const kind = form.choice('Bastion', {
    label: 'Kind of bastion',
    Description:
      'host: an Ubuntu host with a public address, for people without AWS credentials. endpoint: EC2 Instance Connect, for people with them; a connection lasts an hour at most. none: people come by Systems Manager.',
    values: ['host', 'endpoint', 'none'],
    Default: from === 'asked' ? 'host' : 'none',
  });
  const cidr = form.text('BastionCidr', {
    label: 'Where people come from (CIDR)',
    Description: 'IPv4 block that may connect to the host, such as that of your office. Only a host needs it.',
    ...(from === 'off' && { Default: '' }),
    ...optional(PEOPLE_CIDR),
  });
  form.rule('BastionHasCidr', {
    when: equals(kind, 'host'),
    assertions: [{ assert: not(equals(cidr, '')), description: 'A bastion that is a host needs BastionCidr.' }],
  });
  const host = form.condition('WantsBastionHost', equals(kind, 'host'));
  const endpoint = form.condition('WantsBastionEndpoint', equals(kind, 'endpoint'));
  return {
    cidr,
    host,
    endpoint,
    keys: form.optional('BastionKeys', {
      label: 'Public keys of people',
      Description:
        'SSH keys that may connect through the host, with commas between them. Without one, a key is lent for a minute by EC2 Instance Connect. A change restarts the host.',
      ...PUBLIC_KEYS,
    }),
    instanceType: form.text('BastionInstanceType', {
      label: 'Instance type of the host',
      Description: 'It only forwards connections.',
      Default: 't3.micro',
      ...EC2_INSTANCE_TYPE,
    }),
  };
}

function tcp(port: number) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port };
}
