import { isList } from '../../../document/intrinsics.ts';
import type { Model } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const EC2 = 'AWS::EC2::';
const REFUSED = 'EC2 refuses it, and the stack rolls back.';

const zone = (support: string, mark = ''): string =>
  several({
    Vpc: [`${EC2}VPC`, 'CidrBlock: 10.0.0.0/16', `EnableDnsSupport: ${support}${mark}`, 'EnableDnsHostnames: true'],
    Zone: ['AWS::Route53::HostedZone', 'Name: a.example.com', 'VPCs: [{ VPCId: !Ref Vpc, VPCRegion: us-west-2 }]'],
  });

/** Who needs the resolver of a VPC: private zones, and endpoints with private names. */
function* resolverUsers(model: Model): Generator<{ readonly vpc: string; readonly what: string }> {
  for (const { id, properties: zone } of ofType(model, 'AWS::Route53::HostedZone'))
    for (const { value } of valuesAt(zone, 'VPCs.*.VPCId', [], new Map())) {
      const vpc = resourceOf(model, value, `${EC2}VPC`);
      if (vpc !== undefined) yield { vpc, what: `the private zone ${id}` };
    }
  for (const { id, properties: own } of ofType(model, `${EC2}VPCEndpoint`)) {
    const vpc = literal(own['PrivateDnsEnabled']) === 'true' ? resourceOf(model, own['VpcId'], `${EC2}VPC`) : undefined;
    if (vpc !== undefined) yield { vpc, what: `the endpoint ${id}` };
  }
}

/** How names are found in a VPC: its resolver, and DHCP options. */
export const NAME_RESOLUTION_RULES: readonly Rule[] = [
  {
    code: 'PL3134',
    name: 'resolver-off',
    message: 'A VPC is without the resolver that its private names need.',
    why: 'The names of private zones and of endpoints are not found in the VPC.',
    fix: 'Set EnableDnsSupport and EnableDnsHostnames to true.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
    bad: [zone('false', ' # <-')],
    good: [zone('true')],
    check: resources(`${EC2}VPC`, function* (object, path, model): Generator<Hit> {
      const user = [...resolverUsers(model)].find(({ vpc }) => vpc === path[1]);
      if (!user) return;
      for (const name of ['EnableDnsSupport', 'EnableDnsHostnames'])
        if (literal(object[name]) === 'false')
          yield { path: [...path, name], message: `${name} is off, but ${user.what} needs it.` };
    }),
  },
  {
    code: 'PL3135',
    name: 'dhcp-options',
    message: 'A set of DHCP options has nothing in it, or more than four servers of a kind.',
    why: REFUSED,
    fix: 'Write at least one option, and at most four servers of each kind.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html',
    bad: [
      several({
        Options: [`${EC2}DHCPOptions`, 'DomainNameServers: [10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6] # <-'],
      }),
      several({ Options: [`${EC2}DHCPOptions`, 'Tags: []'] }).replace('Properties:', 'Properties: # <-'),
    ],
    good: [several({ Options: [`${EC2}DHCPOptions`, 'DomainName: example.com'] })],
    check: properties(
      `${EC2}DHCPOptions`,
      [
        'DomainName',
        'DomainNameServers',
        'NtpServers',
        'NetbiosNameServers',
        'NetbiosNodeType',
        'Ipv6AddressPreferredLeaseTime',
      ],
      (values) => {
        if (Object.values(values).every((one) => one === undefined)) return ['DomainName', 'The set has no option.'];
        const long = (['DomainNameServers', 'NtpServers', 'NetbiosNameServers'] as const).find(
          (name) => isList(values[name]) && values[name].length > 4,
        );
        return long && [long, `${long} has more than four servers.`];
      },
    ),
  },
];
