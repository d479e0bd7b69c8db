import { why } from '../../aws/comments.ts';
import { equals, not } from '../../aws/conditions.ts';
import { Instance } from '../../aws/generated/ec2-instance.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { Association } from '../../aws/generated/ssm-association.ts';
import { Document } from '../../aws/generated/ssm-document.ts';
import { accountId, parameterNamed, partition, region } from '../../aws/intrinsics.ts';
import { EC2_INSTANCE_TYPE } from '../../aws/patterns.ts';
import type { Statement } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { gift, part } from '../base/part.ts';
import { VPC_CIDR_BLOCK, VPC_ID } from '../network/network-needs.ts';
import { PRIVATE_SUBNET } from './access-network.ts';
import { DIRECTORY_TO_JOIN } from './directory-needs.ts';
import { hardened, hostProfile, newestImage } from './managed-host.ts';

const WINDOWS = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base';

/** A Windows host in the directory's domain, with Microsoft's tools for it. Nothing reaches it but Systems Manager. */
export const windowsHost = part({
  name: 'windows-host',
  group: 'Windows host',
  choices(form) {
    const create = form.flag('WindowsHost', {
      label: 'Create a Windows host',
      Description:
        'Whether there is a Windows host that is joined to the directory, with the tools to administer it (RSAT). Only for a directory that these stacks made.',
      Default: false,
    });
    return {
      wanted: form.condition('WantsWindowsHost', equals(create, 'true')),
      instanceType: form.text('WindowsInstanceType', {
        label: 'Instance type',
        Description: 'Its price includes the licence of Windows. It can be stopped while nobody needs it.',
        Default: 't3.large',
        ...EC2_INSTANCE_TYPE,
      }),
    };
  },
  needs: {
    VpcId: VPC_ID,
    VpcCidr: VPC_CIDR_BLOCK,
    ClusterSubnetId: PRIVATE_SUBNET,
    ...DIRECTORY_TO_JOIN,
  },
  rules: [
    {
      name: 'WindowsHostHasDirectory',
      of: ['DirectoryId', 'FirstDirectoryAddress', 'SecondDirectoryAddress'],
      check: ({ DirectoryId, FirstDirectoryAddress, SecondDirectoryAddress }) => ({
        when: equals(parameterNamed('WindowsHost'), 'true'),
        assertions: [DirectoryId, FirstDirectoryAddress, SecondDirectoryAddress].map((parameter) => ({
          assert: not(equals(parameter.ref(), '')),
          description: `A Windows host needs ${parameter.parameterName} of the stack directory.`,
        })),
      }),
    },
  ],
  build(template, needs) {
    const { wanted, instanceType, VpcId, VpcCidr, ClusterSubnetId, DirectoryId, DomainName } = needs;
    const condition = template.allOf('HasWindowsHost', [wanted, DirectoryId.given]);
    const group = template.resource(
      'WindowsHostSecurityGroup',
      new SecurityGroup({
        GroupDescription: 'Nothing in; to the directory and to Systems Manager',
        VpcId,
        SecurityGroupEgress: [
          { IpProtocol: '-1', CidrIp: VpcCidr, Description: 'The directory: RPC takes any port' },
          why('Systems Manager and the updates of Windows, which have no fixed addresses.', {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            CidrIp: '0.0.0.0/0',
            Description: 'Systems Manager, updates',
          }),
        ],
      }),
      { tag: 'windows-host', condition },
    );
    const profile = hostProfile(template, {
      name: 'WindowsHost',
      tag: 'windows-host',
      condition,
      statements: statements(DirectoryId.value),
    });
    const host = template.resource(
      'WindowsHostInstance',
      new Instance({
        ImageId: newestImage(WINDOWS),
        InstanceType: instanceType,
        SubnetId: ClusterSubnetId,
        SecurityGroupIds: [group.get('GroupId')],
        IamInstanceProfile: profile.ref(),
        ...hardened(50),
      }),
      { tag: 'windows-host', condition, comment: 'No key pair: people log in with their account in the directory.' },
    );
    const join = template.resource(
      'WindowsHostJoin',
      new Document({
        DocumentType: 'Command',
        Content: {
          schemaVersion: '2.2',
          description: "Installs the directory's tools, then joins the domain, which restarts the host.",
          mainSteps: [
            {
              action: 'aws:runPowerShellScript',
              name: 'tools',
              inputs: { runCommand: ['Install-WindowsFeature -Name RSAT-AD-Tools, RSAT-DNS-Server, GPMC'] },
            },
            {
              action: 'aws:domainJoin',
              name: 'join',
              inputs: {
                directoryId: DirectoryId.value,
                directoryName: DomainName,
                dnsIpAddresses: [needs.FirstDirectoryAddress.value, needs.SecondDirectoryAddress.value],
              },
            },
          ],
        },
      }),
      { tag: 'windows-host', condition },
    );
    template.resource(
      'WindowsHostJoined',
      new Association({ Name: join.ref(), Targets: [{ Key: 'InstanceIds', Values: [host.ref()] }] }),
      { tag: 'windows-host', condition },
    );
    return {
      WindowsTunnel: gift(
        sub`aws ssm start-session --region ${region} --target ${host.ref()} --document-name AWS-StartPortForwardingSession --parameters portNumber=3389,localPortNumber=13389`,
        { given: condition },
      ),
    };
  },
  gives: {
    WindowsTunnel:
      'Opens a tunnel: while it runs, connect a remote desktop to localhost:13389, as Admin of the domain or another of its accounts.',
  },
});

/** What joining takes: the agent learns what it is to run, and makes the host's account in this directory alone. */
function statements(directoryId: Expression<string>): readonly Statement[] {
  return [
    why("Messages to a host's agent have no resource.", {
      Effect: 'Allow',
      Action: [
        'ec2messages:AcknowledgeMessage',
        'ec2messages:DeleteMessage',
        'ec2messages:FailMessage',
        'ec2messages:GetEndpoint',
        'ec2messages:GetMessages',
        'ec2messages:SendReply',
      ],
      Resource: '*',
    }),
    why("The agent asks what its host is associated with: neither that nor the documents of AWS's have a name here.", {
      Effect: 'Allow',
      Action: [
        'ssm:DescribeAssociation',
        'ssm:DescribeDocument',
        'ssm:GetDocument',
        'ssm:ListAssociations',
        'ssm:ListInstanceAssociations',
        'ssm:PutComplianceItems',
        'ssm:UpdateAssociationStatus',
        'ssm:UpdateInstanceAssociationStatus',
      ],
      Resource: '*',
    }),
    why('Describing knows no resource.', { Effect: 'Allow', Action: 'ds:DescribeDirectories', Resource: '*' }),
    {
      Effect: 'Allow',
      Action: 'ds:CreateComputer',
      Resource: sub`arn:${partition}:ds:${region}:${accountId}:directory/${directoryId}`,
    },
  ];
}
