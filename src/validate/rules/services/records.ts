import { isIP } from 'node:net';
import { has, isList, isObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource, several } from '../base/examples.ts';
import { given, resourceOf } from '../base/given.ts';
import { all, literal, pair, properties, property, resources } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { plainTexts } from '../base/texts.ts';

const RECORDS = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup/RecordSets.*'];
const TYPES = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html';
const ALIAS = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html';
const REFUSED = 'Route 53 refuses the record, and the stack rolls back.';
const record = (...lines: readonly string[]): string =>
  resource('AWS::Route53::RecordSet', 'HostedZoneId: Z26RNL4JYFTOTI', 'Name: ldap.example.com', ...lines);
const TARGET = 'AliasTarget: { DNSName: a.elb.us-east-1.amazonaws.com, HostedZoneId: Z26RNL4JYFTOTI }';

/** What the values of a type of record look like. */
const FORMS: Readonly<Record<string, { readonly what: string; fits(value: string): boolean }>> = {
  A: { what: 'an IPv4 address', fits: (value) => isIP(value) === 4 },
  AAAA: { what: 'an IPv6 address', fits: (value) => isIP(value) === 6 },
  CAA: { what: 'flags, a tag and a quoted value', fits: (value) => /^\d{1,3} [a-zA-Z0-9]+ ".*"$/.test(value) },
  CNAME: { what: 'a host name', fits: isHostName },
  MX: { what: 'a priority and a host name', fits: (value) => /^\d{1,5}\s+\S+$/.test(value) },
  NS: { what: 'a host name', fits: isHostName },
  PTR: { what: 'a host name', fits: isHostName },
  SPF: { what: 'text in quotes', fits: isQuoted },
  SRV: {
    what: 'priority, weight, port and host name',
    fits: (value) => /^\d{1,5}\s+\d{1,5}\s+\d{1,5}\s+\S+$/.test(value),
  },
  TXT: { what: 'text in quotes', fits: isQuoted },
};

/** Types of which the values are not looked at. */
const OTHER_TYPES = ['DS', 'HTTPS', 'NAPTR', 'SOA', 'SSHFP', 'SVCB', 'TLSA'];

function isHostName(value: string): boolean {
  return /^(?:[\w*-]+(?:\.[\w-]+)*\.?|\.)$/.test(value) && isIP(value) === 0;
}

/** One text in quotes, or several; inside, a quote is escaped. */
function isQuoted(value: string): boolean {
  return /^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/s.test(value);
}

/** The last labels of a name, without the dot that ends it. */
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Records of Route 53. */
export const RECORD_RULES: readonly Rule[] = [
  {
    code: 'E3023',
    name: 'record-values',
    message: 'The values of a record do not have the form of its type.',
    why: REFUSED,
    fix: 'Write the values as the type of the record has them.',
    url: TYPES,
    bad: [
      record('Type: A', "TTL: '60'", 'ResourceRecords: [ldap.example.com] # <-'),
      record('Type: CNAME', "TTL: '60'", 'ResourceRecords: [b.example.com, c.example.com] # <-'),
      record('Type: CNAME', "TTL: '60'", 'ResourceRecords: [10.0.0.1] # <-'),
      record('Type: TXT', "TTL: '60'", "ResourceRecords: ['v=spf1 -all'] # <-"),
      record('Type: A', 'ResourceRecords: [10.0.0.1] # <-'),
      record('Type: AA # <-', "TTL: '60'", 'ResourceRecords: [10.0.0.1]'),
      record('Type: A').replace('Properties:', 'Properties: # <-'),
      resource(
        'AWS::Route53::RecordSetGroup',
        ...['HostedZoneId: Z26RNL4JYFTOTI', 'RecordSets:', '  - Name: ldap.example.com', '    Type: AAAA'],
        ...["    TTL: '60'", '    ResourceRecords: [10.0.0.1] # <-'],
      ),
    ],
    good: [
      record('Type: A', "TTL: '60'", 'ResourceRecords: [10.0.0.1, 10.0.0.2]'),
      record('Type: CNAME', "TTL: '60'", 'ResourceRecords: [dc-1.example.com.]'),
      record('Type: TXT', "TTL: '60'", `ResourceRecords: ['"v=spf1 -all"', '"a" "b"']`),
      record('Type: SRV', "TTL: '60'", 'ResourceRecords: [0 100 389 dc.example.com]'),
      record('Type: A', TARGET),
    ],
    instead: 'schema',
    check: all(
      resources(RECORDS, function* ({ Type, ResourceRecords }, path) {
        const form = ownEntry(FORMS, literal(Type));
        for (const [text, at] of form ? plainTexts(ResourceRecords, [...path, 'ResourceRecords']) : [])
          if (!form?.fits(text))
            yield { message: `A record of type ${String(Type)} must have ${form?.what}, not ${text}.`, path: at };
      }),
      pair(RECORDS, 'ResourceRecords', 'Type', (values, type) =>
        (type === 'CNAME' || type === 'SOA') && isList(values) && values.filter(isCertain).length > 1
          ? `A record of type ${type} must have one value.`
          : false,
      ),
      property(RECORDS, 'Type', (value) => {
        const type = literal(value);
        if (type === undefined || has(FORMS, type) || OTHER_TYPES.includes(type)) return false;
        return {
          message: `Route 53 does not have records of type ${type}.`,
          hint: didYouMean(type, Object.keys(FORMS)),
        };
      }),
      property(RECORDS, 'TTL', (value) => {
        const ttl = literal(value);
        return ttl !== undefined && !/^\d{1,10}$/.test(ttl) && `TTL must be a number of seconds, not ${ttl}.`;
      }),
      properties(RECORDS, ['ResourceRecords', 'AliasTarget', 'Type'], ({ ResourceRecords, AliasTarget }) =>
        ResourceRecords === undefined && AliasTarget === undefined
          ? ['ResourceRecords', { message: 'A record needs ResourceRecords or AliasTarget.', hint: 'Add one of them.' }]
          : undefined,
      ),
      pair(RECORDS, 'ResourceRecords', 'TTL', (_, ttl) =>
        ttl === undefined
          ? { message: 'A record with ResourceRecords needs a TTL.', hint: 'Add TTL, in seconds.' }
          : false,
      ),
    ),
  },
  {
    code: 'E3029',
    name: 'record-alias',
    message: 'An alias cannot have a TTL or values of its own.',
    why: REFUSED,
    fix: 'Delete it: an alias has the TTL and the values of what it stands for.',
    url: ALIAS,
    bad: [record('Type: A', "TTL: '60' # <-", TARGET), record('Type: A', 'ResourceRecords: [10.0.0.1] # <-', TARGET)],
    good: [record('Type: A', TARGET), record('Type: A', "TTL: '60'", 'ResourceRecords: [10.0.0.1]')],
    instead: 'schema',
    check: properties(RECORDS, ['AliasTarget', 'TTL', 'ResourceRecords'], ({ AliasTarget, TTL, ResourceRecords }) => {
      if (AliasTarget === undefined) return undefined;
      if (TTL !== undefined) return ['TTL', 'An alias cannot have a TTL.'];
      return ResourceRecords === undefined ? undefined : ['ResourceRecords', 'An alias cannot have ResourceRecords.'];
    }),
  },
  {
    code: 'E3041',
    name: 'record-zone',
    message: 'The name of a record is not in its hosted zone.',
    why: REFUSED,
    fix: 'End the name with the name of the zone.',
    url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html',
    bad: [
      resource(
        'AWS::Route53::RecordSet',
        'HostedZoneName: lab.example.com.',
        'Name: a.example.com # <-',
        'Type: A',
        "TTL: '60'",
        'ResourceRecords: [10.0.0.1]',
      ),
      several({
        Zone: ['AWS::Route53::HostedZone', 'Name: lab.example.com'],
        Record: [
          'AWS::Route53::RecordSet',
          ...[
            'HostedZoneId: !Ref Zone',
            'Name: a.example.com # <-',
            'Type: A',
            "TTL: '60'",
            'ResourceRecords: [10.0.0.1]',
          ],
        ],
      }),
    ],
    good: [
      resource(
        'AWS::Route53::RecordSet',
        'HostedZoneName: lab.example.com.',
        'Name: a.lab.example.com',
        'Type: A',
        "TTL: '60'",
        'ResourceRecords: [10.0.0.1]',
      ),
    ],
    check: all(
      properties(
        RECORDS,
        ['Name', 'HostedZoneName', 'HostedZoneId'],
        ({ Name, HostedZoneName, HostedZoneId }, model) => {
          const nameOfZone = HostedZoneName ?? zoneName(HostedZoneId, model.resources);
          const [name, zone] = [given(model, Name), given(model, nameOfZone)];
          if (name === undefined || name === '' || zone === undefined || zone === '') return undefined;
          if (plain(name) === plain(zone) || plain(name).endsWith(`.${plain(zone)}`)) return undefined;
          const message = `${name} is not in the hosted zone ${zone}.`;
          // A parameter may be given another value than its default.
          const isSure = literal(Name) !== undefined && literal(nameOfZone) !== undefined;
          return ['Name', { message, ...(!isSure && { severity: 'warning' as const }) }];
        },
      ),
    ),
  },
  {
    code: 'PL3060',
    name: 'alias-zone',
    severity: 'warning',
    message: 'The hosted zone of an alias target is the zone of the record itself.',
    why: 'Route 53 looks for the target in the zone of the record, does not find it, and refuses the record.',
    fix: 'Write the zone of the target: !GetAtt LoadBalancer.CanonicalHostedZoneID.',
    url: ALIAS,
    bad: [
      record('Type: A', 'AliasTarget: { DNSName: a.elb.us-east-1.amazonaws.com, HostedZoneId: Z26RNL4JYFTOTI } # <-'),
    ],
    good: [
      record('Type: A', 'AliasTarget: { DNSName: a.elb.us-east-1.amazonaws.com, HostedZoneId: Z1H1FL5HABSF5 }'),
      record('Type: A', 'AliasTarget: { DNSName: other.example.com, HostedZoneId: Z26RNL4JYFTOTI }'),
    ],
    check: properties(
      RECORDS,
      ['HostedZoneId', 'AliasTarget.HostedZoneId', 'AliasTarget.DNSName'],
      ({ HostedZoneId: zone, 'AliasTarget.HostedZoneId': target, 'AliasTarget.DNSName': name }, model) =>
        zone !== undefined &&
        JSON.stringify(zone) === JSON.stringify(target) &&
        isElsewhere(name) &&
        // Of a zone of the template the schemas say so.
        resourceOf(model, zone, 'AWS::Route53::HostedZone') === undefined
          ? 'AliasTarget.HostedZoneId'
          : undefined,
    ),
  },
];

/** Whether what a list has at a place is there whatever the conditions are. */
function isCertain(item: Json): boolean {
  return literal(item) !== undefined || (isObject(item) && !('Fn::If' in item) && item['Ref'] !== 'AWS::NoValue');
}

/** The name of the hosted zone that a record refers to. */
function zoneName(id: Json | undefined, all: Readonly<Record<string, Json>>): Json | undefined {
  const name = isObject(id) ? id['Ref'] : undefined;
  const zone = typeof name === 'string' ? all[name] : undefined;
  if (!isObject(zone) || zone['Type'] !== 'AWS::Route53::HostedZone') return undefined;
  return isObject(zone['Properties']) ? zone['Properties']['Name'] : undefined;
}

/** Whether the name of an alias target is that of a service, which has zones of its own. */
function isElsewhere(name: Json | undefined): boolean {
  const text = literal(name);
  if (text !== undefined) return /\.(?:amazonaws\.com(?:\.cn)?|cloudfront\.net)\.?$/.test(text);
  const attribute = isObject(name) ? name['Fn::GetAtt'] : undefined;
  const called = isList(attribute) ? attribute[1] : attribute;
  return typeof called === 'string' && /(?:^|\.)DNSName$/.test(called);
}
