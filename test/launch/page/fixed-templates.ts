import { sha256 } from '../../../src/files/sha256.ts';
import type { PageInput } from '../../../src/launch/page/page-input.ts';

const text = (Default: string | undefined, more: object) => ({
  Type: 'String',
  ...(Default !== undefined && { Default }),
  ...more,
});

/** A form with a field of every kind, which stays as it is when the stacks change. */
const FORM = {
  AdminUser: text(undefined, {
    Description: 'What you log in as.',
    AllowedPattern: '^[a-z]([a-z0-9._-]*[a-z0-9])?$',
    MaxLength: 20,
    ConstraintDescription: 'A name of at most 20 lower-case letters, such as ada.',
  }),
  AdminPublicKey: text(undefined, { Description: 'The line of ~/.ssh/id_ed25519.pub.', MaxLength: 4096, NoEcho: true }),
  ClusterName: text('hyperpod', {
    Description: 'Name of the cluster, unique in the account and region.',
    MaxLength: 63,
    AllowedPattern: '^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$',
    ConstraintDescription: 'At most 63 letters, digits and hyphens between them, such as hyperpod.',
  }),
  Worker1InstanceType: text('ml.c5.4xlarge', {
    Description: 'The account needs a quota for this type.',
    AllowedPattern: '^ml\\.[a-z0-9-]+\\.[a-z0-9]+$',
    ConstraintDescription: 'A SageMaker instance type, such as ml.p5.48xlarge.',
  }),
  Worker1InstanceCount: {
    ...{ Type: 'Number', Default: 1, MinValue: 0, MaxValue: 6758, Description: 'How many instances.' },
    ConstraintDescription: 'A number from 0 to 6758, such as 4.',
  },
  LoginInstanceCount: {
    ...{ Type: 'Number', Default: 1, MinValue: 1, MaxValue: 6758, Description: 'How many instances, at least one.' },
    ConstraintDescription: 'A number from 1 to 6758, such as 2.',
  },
  DomainName: text('hyperpod.internal', {
    Description: 'DNS name of the directory.',
    AllowedPattern: '^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$',
    MaxLength: 64,
    ConstraintDescription: 'A DNS name in lower case.',
  }),
  AlarmEmail: text('', {
    Description: 'Optional - Address to tell.',
    ConstraintDescription: 'An e-mail address; or empty.',
  }),
  CreateFileSystem: text('true', { AllowedValues: ['true', 'false'], Description: 'Whether one is made.' }),
  FileSystemThroughput: {
    ...{ Type: 'Number', Default: 250, AllowedValues: [125, 250, 500], Description: 'For each TiB.' },
    ConstraintDescription: 'One of the throughputs of the list, such as 250.',
  },
  FileSystemCapacity: {
    ...{ Type: 'Number', Default: 1200, AllowedValues: [1200, 2400, 4800], Description: 'What you pay for.' },
    ConstraintDescription: 'One of the sizes of the list, such as 4800.',
  },
  PlainListener: text('false', {
    AllowedValues: ['true', 'false'],
    Description: 'Whether passwords cross in the clear.',
  }),
  ReleaseBucketName: text('my-releases', { Description: 'Bucket of the release.' }),
};

const LABELS = {
  AdminUser: 'Your name on the cluster',
  AdminPublicKey: 'Your public key',
  ClusterName: 'Name',
  Worker1InstanceType: 'Instance type',
  Worker1InstanceCount: 'Instances',
  LoginInstanceCount: 'Instances',
  DomainName: 'Domain name',
  AlarmEmail: 'E-mail',
  CreateFileSystem: 'Create a file system',
  FileSystemThroughput: 'Throughput (MB/s)',
  FileSystemCapacity: 'Capacity (GiB)',
  PlainListener: 'LDAP without TLS too',
  ReleaseBucketName: 'Bucket',
};

const GROUPS = [
  ['You', 'AdminUser', 'AdminPublicKey'],
  [
    'Your cluster',
    'ClusterName',
    'Worker1InstanceType',
    'Worker1InstanceCount',
    'LoginInstanceCount',
    'DomainName',
    'AlarmEmail',
  ],
  ['File system (for those who want another)', 'CreateFileSystem', 'FileSystemCapacity', 'FileSystemThroughput'],
  ['LDAPS', 'PlainListener'],
  ['Release (filled in by the publisher)', 'ReleaseBucketName'],
];

function template(Parameters: object): object {
  const described = (labels: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, { default: label }]));
  return {
    Metadata: {
      'AWS::CloudFormation::Interface': {
        ParameterGroups: GROUPS.map(([label, ...names]) => ({ Label: { default: label }, Parameters: names })),
        ParameterLabels: described(LABELS),
      },
    },
    Parameters,
    Resources: { Role: { Type: 'AWS::IAM::Role' }, Cluster: { Type: 'AWS::SageMaker::Cluster' } },
  };
}

/** A release of four stacks: two that are everything in one, and two that take what others give. */
export const FIXED_TEMPLATES: PageInput['templates'] = ['launchpad', 'launchpad-trial', 'directory', 'cluster'].map(
  (stack) => ({
    stack,
    file: `${stack}.yaml`,
    sha256: sha256(stack),
    value: template(stack.startsWith('launchpad') ? FORM : { VpcId: { Type: 'AWS::EC2::VPC::Id' } }),
  }),
) as unknown as PageInput['templates'];
