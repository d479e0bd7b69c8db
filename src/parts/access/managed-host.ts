import { why } from '../../aws/comments.ts';
import type { Condition } from '../../aws/conditions.ts';
import type { InstanceProperties } from '../../aws/generated/ec2-instance.ts';
import { InstanceProfile } from '../../aws/generated/iam-instance-profile.ts';
import { Role } from '../../aws/generated/iam-role.ts';
import { identifies } from '../../aws/intrinsics.ts';
import { assumedBy, policy, type Statement } from '../../aws/policy.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Id } from '../../aws/value.ts';

/** A host that people reach by Systems Manager. */
interface ManagedHost {
  /** The beginning of its resources' names. */
  readonly name: string;
  readonly tag: string;
  readonly condition: Condition;
  /** What it may do beside being reached. */
  readonly statements?: readonly Statement[];
}

/** What Systems Manager's agent asks of AWS so that sessions reach it. It cannot read parameters, as AWS's own policy lets it. */
const SESSIONS: Statement = why("The agent's registration and its channels have no resource before they are there.", {
  Effect: 'Allow',
  Action: [
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  Resource: '*',
});

/** The role of a host that Systems Manager reaches, in the profile that an instance takes. */
export function hostProfile(
  template: Template,
  { name, tag, condition, statements = [] }: ManagedHost,
): ResourceHandle<InstanceProfile> {
  const role = template.resource(
    `${name}Role`,
    new Role({
      AssumeRolePolicyDocument: assumedBy('ec2.amazonaws.com'),
      Policies: [{ PolicyName: 'host', PolicyDocument: policy(SESSIONS, ...statements) }],
    }),
    { tag, condition },
  );
  return template.resource(`${name}Profile`, new InstanceProfile({ Roles: [role.ref()] }), { condition });
}

/** What every host has: version 2 of the metadata service for itself alone, an encrypted disk, no key pair. */
export function hardened(gibibytes: number): Pick<InstanceProperties, 'MetadataOptions' | 'BlockDeviceMappings'> {
  return {
    MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/sda1',
        Ebs: { VolumeSize: gibibytes, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true },
      },
    ],
  };
}

/** The newest image of a public parameter, read as the host is made. An update that touches the host reads it again. */
export function newestImage(parameter: string): Id<'AWS::EC2::Image.Id'> {
  return identifies<Id<'AWS::EC2::Image.Id'>>(`{{resolve:ssm:${parameter}}}`);
}
