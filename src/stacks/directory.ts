import { and, attributeOf, contains, eachMemberEquals, equals, not, or, when } from '../aws/conditions.ts';
import {
  BIND_DN,
  CERTIFICATE_ARN,
  DOMAIN_NAME,
  FILE_SYSTEM_DNS_NAME,
  FILE_SYSTEM_MOUNT_NAME,
  IPV4_ADDRESS,
  IPV4_CIDR,
  LINKED_ROLE_ARN,
  NODE_BUCKET_NAME,
  optional,
  type ParameterPattern,
  PRINCIPAL_ARNS,
  SHORT_NAME,
  TOPIC_ARN,
} from '../aws/patterns.ts';
import { sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Config } from '../config/config.ts';
import { alarmRule } from '../parts/alarm-rule.ts';
import { baseDn } from '../parts/base-dn.ts';
import { bindSecret } from '../parts/bind-secret.ts';
import { directory as directoryPart } from '../parts/directory.ts';
import { ldapsListeners } from '../parts/ldaps-listeners.ts';
import { ldapsHost, ldapsName } from '../parts/ldaps-name.ts';
import { loadBalancer } from '../parts/load-balancer.ts';
import { adminSecretPolicy, bindSecretPolicy } from '../parts/secret-policies.ts';
import { targetAlarm } from '../parts/target-alarm.ts';
import { nextLink } from './next-link.ts';
import type { Settings, Stack } from './stack.ts';

/** The directory (a new AWS Managed Microsoft AD, or one that exists), and LDAPS to it through a load balancer. */
export const directory: Stack<'directory'> = {
  name: 'directory',
  summary: 'Active Directory, and LDAPS to it',
  title: 'AWS Managed Microsoft AD and LDAPS to it',
  about: 'AWS Managed Microsoft AD (or a directory that exists), and LDAPS to it through a load balancer.',
  build,
};

function build(template: Template, config: Settings): void {
  const domain = directoryParameters(template, config);
  const existing = existingDirectoryParameters(template);
  const place = networkParameters(template);
  const ldaps = ldapsParameters(template);
  const handedOn = handedOnParameters(template);

  const balancer = loadBalancer(template, {
    ...place,
    ownDirectory: existing.none,
    existingAddresses: existing.addresses,
    certificateArn: ldaps.certificateArn,
    plainListener: ldaps.plainListener,
  });
  const host = ldapsHost(domain.name);
  const record = ldapsName(template, { host, vpcId: place.vpcId, loadBalancer: balancer.loadBalancer });
  const bind = bindSecret(template, {
    bindDn: when(
      domain.bindDnGiven,
      domain.bindDn,
      sub`CN=ReadOnly,OU=Users,OU=${domain.shortName},${{ BaseDn: baseDn(domain.name) }}`,
    ),
  });
  const made = directoryPart(template, {
    retain: config.retain,
    wanted: existing.none,
    domain: domain.name,
    shortName: domain.shortName,
    edition: domain.edition,
    vpcId: place.vpcId,
    subnetIds: place.subnetIds,
    existingAddresses: existing.addresses,
    after: [balancer.certificateCheck, record, bind],
  });
  const targetGroup = ldapsListeners(template, {
    loadBalancer: balancer.loadBalancer,
    vpcId: place.vpcId,
    addresses: made.addresses,
    addressesOutsideVpc: existing.outsideVpc,
    certificateArn: ldaps.certificateArn,
    plainListener: ldaps.plainListener,
  });
  const nodesGiven = template.condition('HasNodeRole', not(equals(handedOn.ExecutionRoleArn, '')));
  const readers = bindSecretReaders(template);
  adminSecretPolicy(template, {
    secret: made.adminSecret,
    wanted: template.condition('GuardsAdminSecret', and(nodesGiven, existing.none)),
    nodeRoleArn: handedOn.ExecutionRoleArn,
  });
  bindSecretPolicy(template, {
    secret: bind,
    wanted: template.condition('GuardsBindSecret', and(nodesGiven, readers.given)),
    nodeRoleArn: handedOn.ExecutionRoleArn,
    readerArns: readers.arns,
  });
  targetAlarm(template, {
    loadBalancer: balancer.loadBalancer,
    targetGroup,
    wanted: ldaps.alarm,
    topicArn: ldaps.topicArn,
  });
  alarmRule(template, 'CertificateAlarm', {
    wanted: ldaps.alarm,
    topicArn: ldaps.topicArn,
    words: 'the certificate that nodes trust was imported anew, or will expire. Was it you?',
    pattern: {
      source: ['aws.acm'],
      'detail-type': [
        'ACM Certificate Available',
        'ACM Certificate Approaching Expiration',
        'ACM Certificate Renewal Action Required',
        'ACM Certificate Revoked',
      ],
      resources: [ldaps.certificateArn],
    },
  });

  template.output('DomainName', { description: "DNS name of the directory's domain.", value: domain.name });
  template.output('DirectoryId', {
    description: 'The directory, where this stack made it.',
    value: made.directory.ref(),
    condition: existing.none,
  });
  template.output('AdminSecretArn', {
    description: 'Secret with the password of Admin, where this stack made the directory.',
    value: made.adminSecret.ref(),
    condition: existing.none,
  });
  template.output('BindSecretArn', {
    description: 'Secret with the DN and password of the account that nodes search with.',
    value: bind.ref(),
  });
  template.output('LdapsHost', { description: 'Name of the load balancer, within the VPC.', value: host });
  template.output('CertificateArn', {
    description: "The load balancer's certificate, which nodes trust.",
    value: ldaps.certificateArn,
  });
  template.output('FirstDirectoryAddress', {
    description: 'Address of the first domain controller.',
    value: made.addresses[0],
  });
  template.output('SecondDirectoryAddress', {
    description: 'Address of the second domain controller.',
    value: made.addresses[1],
  });
  nextLink(template, {
    from: 'directory',
    next: 'cluster',
    location: config.location,
    values: {
      ClusterSubnetId: place.subnetIds[0],
      ClusterSecurityGroupId: place.clientSecurityGroupId,
      AlarmTopicArn: ldaps.topicArn,
      ...handedOn,
      DomainName: domain.name,
      BindSecretArn: bind.ref(),
      CertificateArn: ldaps.certificateArn,
    },
    asked: [],
  });
}

function directoryParameters(template: Template, config: Config) {
  const group = 'Directory';
  const name = template.parameter('DomainName', {
    Type: 'String',
    group,
    label: 'Domain name',
    Description:
      'DNS name of the directory. It need not exist in public DNS; avoid .local, which many resolvers do not ask DNS for. A change makes a new, empty directory.',
    Default: config.directory.domain,
    ...DOMAIN_NAME,
  });
  const shortName = template.parameter('ShortName', {
    Type: 'String',
    group,
    label: 'Short name (NetBIOS)',
    Description: 'Also the name of the OU that holds users and groups. A change makes a new, empty directory.',
    Default: config.directory.shortName,
    ...SHORT_NAME,
  });
  const edition = template.parameter('Edition', {
    Type: 'String',
    group,
    label: 'Edition',
    Description: 'Standard holds 30,000 objects, Enterprise 500,000. A change makes a new, empty directory.',
    Default: config.directory.edition,
    AllowedValues: ['Standard', 'Enterprise'],
    ConstraintDescription: 'Standard or Enterprise.',
  });
  const bindDn = template.parameter('BindDn', {
    Type: 'String',
    group,
    label: 'Bind DN',
    Description:
      'Optional - Read-only account that nodes search with. Empty: CN=ReadOnly in OU=Users of the short name. A change gives the secret a new password.',
    Default: '',
    MaxLength: 1024,
    ...optional(BIND_DN),
  });
  return {
    name: name.ref(),
    shortName: shortName.ref(),
    edition: edition.ref(),
    bindDn: bindDn.ref(),
    bindDnGiven: template.condition('HasBindDn', not(equals(bindDn.ref(), ''))),
  };
}

function existingDirectoryParameters(template: Template) {
  const group = 'Existing directory (leave empty to make one)';
  const address = (name: string, label: string) =>
    template.parameter(name, {
      Type: 'String',
      group,
      label,
      Description:
        'Optional - Address of a domain controller of a directory that exists. Give both or neither. Its uidNumber and gidNumber are not used.',
      Default: '',
      ...optional(IPV4_ADDRESS),
    });
  const first = address('ExistingAddress1', 'First address').ref();
  const second = address('ExistingAddress2', 'Second address').ref();
  const outside = template.parameter('ExistingOutsideVpc', {
    Type: 'String',
    group,
    label: 'Outside the VPC',
    Description: 'Whether these addresses are outside the VPC (peering, transit gateway, VPN).',
    Default: 'false',
    AllowedValues: ['true', 'false'],
    ConstraintDescription: 'true or false.',
  });
  const neither = and(equals(first, ''), equals(second, ''));
  const both = and(not(equals(first, '')), not(equals(second, '')));
  template.rule('BothAddressesOrNeither', {
    assertions: [
      {
        assert: or(neither, both),
        description: 'Give both ExistingAddress1 and ExistingAddress2, or leave both empty.',
      },
      {
        assert: or(neither, not(equals(first, second))),
        description: 'ExistingAddress1 and ExistingAddress2 must be two domain controllers.',
      },
      {
        assert: or(equals(outside.ref(), 'false'), both),
        description: 'ExistingOutsideVpc is for the addresses of a directory that exists.',
      },
    ],
  });
  return {
    none: template.condition('WantsDirectory', or(equals(first, ''), equals(second, ''))),
    addresses: [first, second] as const,
    outsideVpc: template.condition('IsOutsideVpc', equals(outside.ref(), 'true')),
  };
}

function networkParameters(template: Template) {
  const group = 'Network (outputs of stack 1, prerequisites)';
  const vpcId = template.parameter('VpcId', {
    Type: 'AWS::EC2::VPC::Id',
    group,
    label: 'VPC (VpcId)',
    Description: 'VPC of the directory, the load balancer and the cluster.',
  });
  const vpcCidr = template.parameter('VpcCidr', {
    Type: 'String',
    group,
    label: 'VPC CIDR (VpcCidr)',
    Description: 'Primary CIDR of the VPC. Nodes and load balancer must be in it.',
    ...IPV4_CIDR,
  });
  const subnet = (name: string, label: string) =>
    template.parameter(name, {
      Type: 'AWS::EC2::Subnet::Id',
      group,
      label,
      Description:
        'Private subnet of a domain controller and the load balancer. The list shows the public subnets too: take the one that the output names.',
    });
  const clusterSubnet = subnet('ClusterSubnetId', 'Subnet of the cluster (ClusterSubnetId)');
  const secondSubnet = subnet('SecondSubnetId', 'Subnet in a second zone (SecondSubnetId)');
  const clients = template.parameter('ClusterSecurityGroupId', {
    Type: 'AWS::EC2::SecurityGroup::Id',
    group,
    label: 'Security group of the nodes (ClusterSecurityGroupId)',
    Description: 'Who may connect to the load balancer.',
  });
  template.rule('SubnetsFit', {
    assertions: [
      {
        assert: eachMemberEquals(
          [attributeOf(clusterSubnet, 'VpcId'), attributeOf(secondSubnet, 'VpcId')],
          vpcId.ref(),
        ),
        description: 'ClusterSubnetId and SecondSubnetId must be subnets of VpcId.',
      },
      {
        assert: not(
          contains([attributeOf(clusterSubnet, 'AvailabilityZone')], attributeOf(secondSubnet, 'AvailabilityZone')),
        ),
        description: 'ClusterSubnetId and SecondSubnetId must be in two availability zones: a directory needs both.',
      },
    ],
  });
  return {
    vpcId: vpcId.ref(),
    vpcCidr: vpcCidr.ref(),
    subnetIds: [clusterSubnet.ref(), secondSubnet.ref()] as const,
    clientSecurityGroupId: clients.ref(),
  };
}

/** What only the cluster stack needs: taken here so that the link to it can have it filled in. */
function handedOnParameters(template: Template) {
  const handedOn = (name: string, label: string, pattern: ParameterPattern) =>
    template
      .parameter(name, {
        Type: 'String',
        group: 'Handed on to stack 3, cluster (outputs of stack 1, prerequisites)',
        label: `${label} (${name})`,
        Description:
          'Optional - Filled in, it is filled in in the form of the cluster stack too. Here only the role is used: it never reads the password of Admin.',
        Default: '',
        ...optional(pattern),
      })
      .ref();
  return {
    ExecutionRoleArn: handedOn('ExecutionRoleArn', 'Execution role', LINKED_ROLE_ARN),
    NodeBucketName: handedOn('NodeBucketName', 'Bucket of the scripts', NODE_BUCKET_NAME),
    FileSystemDnsName: handedOn('FileSystemDnsName', 'DNS name of the file system', FILE_SYSTEM_DNS_NAME),
    FileSystemMountName: handedOn('FileSystemMountName', 'Mount name of the file system', FILE_SYSTEM_MOUNT_NAME),
  };
}

/** Who may read the bind secret beside the nodes. */
function bindSecretReaders(template: Template) {
  const readers = template.parameter('BindSecretReaderArns', {
    Type: 'String',
    group: 'Secrets',
    label: 'Readers of the bind secret',
    Description:
      'Optional - Roles or users that may read the bind secret beside the nodes: who makes the account, and the service role if CloudFormation uses one. Needs ExecutionRoleArn. Empty: whoever IAM allows to.',
    Default: '',
    MaxLength: 2048,
    ...optional(PRINCIPAL_ARNS),
  });
  return { arns: readers.ref(), given: template.condition('HasSecretReaders', not(equals(readers.ref(), ''))) };
}

function ldapsParameters(template: Template) {
  const group = 'LDAPS';
  const certificateArn = template.parameter('CertificateArn', {
    Type: 'String',
    group,
    label: 'Certificate',
    Description:
      'ACM certificate for ldaps. followed by the domain name, in this region. podlaunch certificate create --import makes one.',
    ...CERTIFICATE_ARN,
  });
  const plain = template.parameter('PlainListener', {
    Type: 'String',
    group,
    label: 'LDAP without TLS too',
    Description: 'Whether the load balancer also listens on 389, where passwords cross the network in the clear.',
    Default: 'false',
    AllowedValues: ['true', 'false'],
    ConstraintDescription: 'true or false.',
  });
  const topic = template.parameter('AlarmTopicArn', {
    Type: 'String',
    group,
    label: 'Alarm topic (AlarmTopicArn)',
    Description:
      'Optional - SNS topic to tell when a domain controller stops answering or the certificate changes; EventBridge must be allowed to publish to it. Empty: no alarm.',
    Default: '',
    ...optional(TOPIC_ARN),
  });
  return {
    certificateArn: certificateArn.ref(),
    plainListener: template.condition('WantsPlainListener', equals(plain.ref(), 'true')),
    topicArn: topic.ref(),
    alarm: template.condition('WantsAlarm', not(equals(topic.ref(), ''))),
  };
}
