import { equals, not, or } from '../../aws/conditions.ts';
import { EIP } from '../../aws/generated/ec2-eip.ts';
import { Instance } from '../../aws/generated/ec2-instance.ts';
import { InstanceConnectEndpoint } from '../../aws/generated/ec2-instance-connect-endpoint.ts';
import { base64, parameterNamed, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';
import { NODES_SECURITY_GROUP, PRIVATE_SUBNET, PUBLIC_SUBNET } from './access-network.ts';
import { bastionGroup } from './bastion-group.ts';
import { bastionUserData, JUMP } from './bastion-user-data.ts';
import { hardened, hostProfile, newestImage } from './managed-host.ts';

const UBUNTU = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';

/**
 * A way to the nodes for people without AWS credentials: an Ubuntu host with a public address, or an EC2 Instance Connect
 * Endpoint, which needs no host and no address.
 */
export const bastion = part({
  name: 'bastion',
  needs: {
    bastionChoice: made,
    publicWay: made,
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
  build(template, { bastionChoice, publicWay, VpcId, ClusterSubnetId, ClusterSecurityGroupId, PublicSubnetId }) {
    const { endpoint, cidr, keys, instanceType } = bastionChoice;
    const host = template.allOf('HasBastionHost', [bastionChoice.host, PublicSubnetId.given]);
    const any = template.condition('HasBastion', or(host, endpoint));
    const group = bastionGroup(template, { VpcId, nodes: ClusterSecurityGroupId, cidr, host, any });
    const SecurityGroupIds = [group.get('GroupId')];
    const profile = hostProfile(template, { name: 'Bastion', tag: 'bastion', condition: host });
    const instance = template.resource(
      'BastionHost',
      new Instance({
        ImageId: newestImage(UBUNTU),
        InstanceType: instanceType,
        SubnetId: PublicSubnetId.value,
        SecurityGroupIds,
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
    // A gateway is not let go of while a public address leads through it.
    const address = template.resource('BastionAddress', new EIP({ Domain: 'vpc', InstanceId: instance.ref() }), {
      ...{ tag: 'bastion', condition: host, dependsOn: publicWay },
    });
    const way = template.resource(
      'BastionEndpoint',
      new InstanceConnectEndpoint({ SubnetId: ClusterSubnetId, SecurityGroupIds, PreserveClientIp: false }),
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
