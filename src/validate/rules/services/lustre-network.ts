import type { Path } from '../../../diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { propertiesPath } from '../../model/resource.ts';
import { several } from '../base/examples.ts';
import { resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { groupsAt, lets, placeOf, type Traffic, tcp } from './security-group-openings.ts';
import { attributeOwner, differ, zoneOf } from './zones.ts';

const FILE_SYSTEM = 'AWS::FSx::FileSystem';
const CLUSTER = 'AWS::SageMaker::Cluster';
const GROUP = 'AWS::EC2::SecurityGroup';
const SUBNET = 'AWS::EC2::Subnet';
const PAGE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html';
const VPC = 'VpcId: vpc-0123456789abcdef0';

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html */
const PORTS: readonly (readonly [Traffic, string])[] = [
  [tcp(988), '988'],
  [tcp(1018, 1023), '1018-1023'],
];

const storage = (group: string, subnet = 'subnet-0123456789abcdef0'): readonly [string, ...string[]] => [
  FILE_SYSTEM,
  ...['FileSystemType: LUSTRE', 'StorageCapacity: 1200', `SubnetIds: [${subnet}]`, `SecurityGroupIds: [${group}]`],
  'LustreConfiguration: { DeploymentType: SCRATCH_2 }',
];
const opened = (...ports: readonly string[]): readonly [string, ...string[]] => [
  GROUP,
  ...['GroupDescription: a', VPC, 'SecurityGroupIngress:'],
  ...ports.map((port) => `  - { IpProtocol: tcp, ${port}, CidrIp: 10.0.0.0/16 }`),
];
const LUSTRE_PORT = 'FromPort: 988, ToPort: 988';
const MORE_PORTS = 'FromPort: 1018, ToPort: 1023';
const cluster = (subnet: string, group: string): readonly [string, ...string[]] => [
  CLUSTER,
  `VpcConfig: { Subnets: [${subnet}], SecurityGroupIds: [${group}] }`,
  ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', '    InstanceType: ml.c5.large'],
  ...['    ExecutionRole: arn:aws:iam::111122223333:role/a', '    InstanceStorageConfigs:'],
  '      - FsxLustreConfig: { DnsName: !GetAtt Storage.DNSName, MountName: !GetAtt Storage.LustreMountName }',
];
const subnets = (zone: string): Readonly<Record<string, readonly [string, ...string[]]>> => ({
  One: [SUBNET, VPC, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZone: us-west-2a'],
  Other: [SUBNET, VPC, 'CidrBlock: 10.0.1.0/24', `AvailabilityZone: ${zone}`],
});
const SELF = [GROUP, 'GroupDescription: a', VPC] as const;
const nodes = (mark = ''): string =>
  several({
    Nodes: SELF,
    NodesIn: [
      'AWS::EC2::SecurityGroupIngress',
      "{ GroupId: !Ref Nodes, IpProtocol: '-1', SourceSecurityGroupId: !Ref Nodes }",
    ],
    Guard: [
      GROUP,
      ...['GroupDescription: a', VPC, 'SecurityGroupIngress:'],
      ...[LUSTRE_PORT, MORE_PORTS].map(
        (port) =>
          `  - { IpProtocol: tcp, ${port}, SourceSecurityGroupId: ${mark === '' ? '!Ref Nodes' : '!Ref Guards'} }`,
      ),
    ],
    Guards: SELF,
    ...Object.fromEntries(
      [LUSTRE_PORT, MORE_PORTS].map((port, index) => [
        `Self${index}`,
        [
          'AWS::EC2::SecurityGroupIngress',
          `{ GroupId: !Ref Guard, IpProtocol: tcp, ${port}, SourceSecurityGroupId: !Ref Guard }`,
        ] as const,
      ]),
    ),
    Storage: storage('!Ref Guard'),
    Nodes2: cluster('subnet-0123456789abcdef0', '!Ref Nodes'),
  }).replace('SecurityGroupIds: [!Ref Nodes] }', `SecurityGroupIds: [!Ref Nodes] }${mark}`);

/** A cluster with the file systems of the template that its instance groups mount. */
interface Mount {
  readonly storage: string;
  readonly properties: JsonObject;
  readonly path: Path;
}

function mounts(properties: JsonObject, path: Path, model: Model): readonly Mount[] {
  const names = valuesAt(
    properties,
    'InstanceGroups.*.InstanceStorageConfigs.*.FsxLustreConfig.DnsName',
    path,
    new Map(),
  );
  const systems = [...names].map(({ value }) => attributeOwner(model, value, FILE_SYSTEM));
  return [...new Set(systems.filter((one) => one !== undefined))].map((storage) => ({ storage, properties, path }));
}

const subnetsOf = (object: JsonObject, name: string): readonly Json[] =>
  [...valuesAt(object, `${name}.*`, [], new Map())].flatMap(({ value }) => (value === undefined ? [] : [value]));

/** What the network of FSx for Lustre needs. */
export const LUSTRE_NETWORK_RULES: readonly Rule[] = [
  {
    code: 'PL3114',
    name: 'lustre-ports',
    message: 'The security groups of a file system for Lustre do not let its own traffic in.',
    why: 'FSx refuses the file system: its servers reach each other over these ports.',
    fix: 'Let TCP 988 and 1018-1023 in from the group itself, and from the groups of the clients.',
    url: PAGE,
    bad: [
      several({ Guard: opened(MORE_PORTS), Storage: storage('!Ref Guard') }).replace(
        '[!Ref Guard]',
        '[!Ref Guard] # <-',
      ),
      several({ Guard: opened(LUSTRE_PORT), Storage: storage('!Ref Guard') }).replace(
        '[!Ref Guard]',
        '[!Ref Guard] # <-',
      ),
    ],
    good: [several({ Guard: opened(LUSTRE_PORT, MORE_PORTS), Storage: storage('!Ref Guard') })],
    check: resources(FILE_SYSTEM, function* (properties, path, model) {
      if (properties['FileSystemType'] !== 'LUSTRE') return;
      const groups = groupsAt(model, properties, 'SecurityGroupIds');
      for (const [traffic, ports] of groups ? PORTS : []) {
        const at = placeOf(properties, path, 'SecurityGroupIds');
        const names = groups!.join(', ');
        if (!lets(model, groups!, 'Ingress', traffic, groups))
          yield { path: at, message: `${names} does not let TCP ${ports} in from itself.` };
        if (!lets(model, groups!, 'Egress', traffic, groups))
          yield { path: at, message: `${names} does not let TCP ${ports} out to itself.` };
      }
    }),
  },
  {
    code: 'PL3115',
    name: 'lustre-clients',
    message: 'A cluster mounts a file system that it cannot reach.',
    why: 'The mount waits until it fails, and with it the nodes.',
    fix: 'Let TCP 988 and 1018-1023 into the group of the file system from the group of the cluster.',
    url: PAGE,
    bad: [nodes(' # <-')],
    good: [nodes()],
    check: resources(CLUSTER, function* (properties, path, model) {
      for (const { storage: id } of mounts(properties, path, model)) {
        const clients = groupsAt(model, properties, 'VpcConfig.SecurityGroupIds');
        const servers = groupsAt(model, propertiesOf(model, id), 'SecurityGroupIds');
        if (!clients || !servers) continue;
        for (const [traffic, ports] of PORTS) {
          const at = placeOf(properties, path, 'VpcConfig.SecurityGroupIds');
          if (!lets(model, servers, 'Ingress', traffic, clients))
            yield {
              path: at,
              message: `${servers.join(', ')} of ${id} does not let TCP ${ports} in from ${clients.join(', ')} of the cluster.`,
              related: [{ message: 'The file system', path: propertiesPath(id, objectAt(model.resources, id)) }],
            };
          else if (!lets(model, clients, 'Egress', traffic, servers))
            yield {
              path: at,
              message: `${clients.join(', ')} does not let TCP ${ports} out to ${servers.join(', ')} of ${id}.`,
            };
        }
      }
    }),
  },
  {
    code: 'PL3116',
    name: 'lustre-zone',
    message: 'A cluster mounts a file system that is in another availability zone.',
    why: 'Every read and write crosses the zones: it is slow and is charged, and one zone that fails stops both.',
    fix: 'Put the file system into a subnet of the zone of the cluster.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    bad: [
      several({
        ...subnets('us-west-2b'),
        Storage: storage('sg-0123456789abcdef0', '!Ref Other'),
        Cluster: cluster('!Ref One # <-', 'sg-0123456789abcdef0'),
      })
        .replace('!Ref One # <-]', '!Ref One]')
        .replace('SecurityGroupIds: [sg-0123456789abcdef0] }', 'SecurityGroupIds: [sg-0123456789abcdef0] } # <-'),
    ],
    good: [
      several({
        ...subnets('us-west-2a'),
        Storage: storage('sg-0123456789abcdef0', '!Ref Other'),
        Cluster: cluster('!Ref One', 'sg-0123456789abcdef0'),
      }),
    ],
    check: resources(CLUSTER, function* (properties, path, model): Generator<Hit> {
      for (const { storage: id } of mounts(properties, path, model)) {
        const [own] = subnetsOf(propertiesOf(model, id), 'SubnetIds');
        const zone = zoneOf(model, own);
        const others = subnetsOf(properties, 'VpcConfig.Subnets').map((one) => zoneOf(model, one));
        if (zone && others.length > 0 && others.every((one) => one && differ(one, zone)))
          yield {
            path: placeOf(properties, path, 'VpcConfig.Subnets'),
            message: `The cluster is in another availability zone than ${id}, which it mounts.`,
          };
      }
    }),
  },
];
