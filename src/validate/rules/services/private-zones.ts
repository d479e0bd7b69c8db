import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { ofType, propertiesOf } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { given, resourceOf } from '../base/given.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const ZONE = 'AWS::Route53::HostedZone';
const DIRECTORY = 'AWS::DirectoryService::MicrosoftAD';
const OPTIONS = 'AWS::EC2::DHCPOptions';
const VPC = 'AWS::EC2::VPC';
const SETTINGS = 'VpcSettings: { VpcId: !Ref Vpc, SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1] }';
const PASSWORD = "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'";

const network = (name: string, servers: string): string =>
  several({
    Vpc: [VPC, 'CidrBlock: 10.0.0.0/16', 'EnableDnsHostnames: true'],
    Directory: [DIRECTORY, 'Name: corp.example.com', PASSWORD, SETTINGS],
    Options: [OPTIONS, `DomainNameServers: ${servers}`],
    Association: ['AWS::EC2::VPCDHCPOptionsAssociation', 'VpcId: !Ref Vpc', 'DhcpOptionsId: !Ref Options'],
    Zone: [ZONE, `Name: ${name}`, 'VPCs: [{ VPCId: !Ref Vpc, VPCRegion: us-west-2 }]'],
  });

/** A name, as it is compared: a text, or the function that gives it. */
function nameOf(model: Model, value: Json | undefined): string {
  return (given(model, value) ?? JSON.stringify(value ?? null)).toLowerCase().replace(/\.$/, '');
}

/** The servers that the DHCP options of a VPC name: a list, or the directory that they are of. */
function serversOf(model: Model, vpc: string): Json | undefined {
  for (const { properties } of ofType(model, 'AWS::EC2::VPCDHCPOptionsAssociation')) {
    const options = resourceOf(model, properties['DhcpOptionsId'], OPTIONS);
    if (resourceOf(model, properties['VpcId'], VPC) === vpc && options !== undefined)
      return propertiesOf(model, options)['DomainNameServers'];
  }
  return undefined;
}

/** Private zones beside a directory, and beside DHCP options. */
export const PRIVATE_ZONE_RULES: readonly Rule[] = [
  {
    code: 'PL3136',
    name: 'zone-hides-directory',
    message: 'A private zone and a directory answer for the same names.',
    why: 'One hides the other: nodes do not find the controllers, or not the names of the zone.',
    fix: 'Give the zone the one name that is needed, outside the domain of the directory.',
    url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html',
    bad: [
      network('corp.example.com # <-', '[AmazonProvidedDNS]'),
      network('ldaps.corp.example.com # <-', '!GetAtt Directory.DnsIpAddresses'),
    ],
    good: [
      network('ldaps.example.com', '!GetAtt Directory.DnsIpAddresses'),
      network('ldaps.corp.example.com', '[AmazonProvidedDNS]'),
    ],
    check: resources(ZONE, function* (object, path, model): Generator<Hit> {
      const vpcs = [...valuesAt(object, 'VPCs.*.VPCId', path, new Map())].map(({ value }) => value);
      const name = nameOf(model, object['Name']);
      const vpc = vpcs.map((one) => resourceOf(model, one, VPC)).find((one) => one !== undefined);
      const asked = vpc === undefined ? undefined : resourceOf(model, serversOf(model, vpc), DIRECTORY);
      for (const { id, properties } of vpcs.length === 0 ? [] : ofType(model, DIRECTORY)) {
        const domain = nameOf(model, properties['Name']);
        if (name === domain)
          yield { path: [...path, 'Name'], message: `The zone has the name of ${id}, and hides its records.` };
        else if (asked === id && name.endsWith(`.${domain}`))
          yield {
            path: [...path, 'Name'],
            message: `The DHCP options let ${id} answer for ${name}, so the zone is never asked.`,
          };
      }
    }),
  },
  {
    code: 'PL3137',
    name: 'zone-never-asked',
    message: 'A private zone is never asked, because the DHCP options name other servers than that of the VPC.',
    why: 'Its names are not found in the VPC.',
    fix: 'Name AmazonProvidedDNS, or the addresses of a directory, which asks it.',
    url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html',
    bad: [network('a.example.com # <-', '[192.0.2.53]')],
    good: [network('a.example.com', '[AmazonProvidedDNS]'), network('a.example.com', '[10.0.0.2]')],
    check: resources(ZONE, function* (object, path, model): Generator<Hit> {
      for (const { value } of valuesAt(object, 'VPCs.*.VPCId', path, new Map())) {
        const vpc = resourceOf(model, value, VPC);
        const servers = vpc === undefined ? undefined : serversOf(model, vpc);
        if (!isList(servers) || servers.length === 0) continue;
        const texts = servers.map((one) => literal(one));
        // The resolver of a VPC is the third address of its block, or this one.
        if (
          texts.every(
            (text) =>
              text !== undefined && text !== 'AmazonProvidedDNS' && text !== '169.254.169.253' && !/\.2$/.test(text),
          )
        )
          yield {
            path: [...path, 'Name'],
            message: `The DHCP options of ${vpc} name ${texts.join(', ')}, which do not know the zone.`,
          };
      }
    }),
  },
];
