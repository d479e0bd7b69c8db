import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { all, literal, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { KNOWN_VALUES, type KnownValue } from './known-values.ts';

/** Looks at one property: what it may be is a list, a pattern or a question. */
function known({ type, property: name, fits, what }: KnownValue): Check {
  const list = Array.isArray(fits) ? (fits as readonly string[]) : undefined;
  const isFit = (text: string): boolean =>
    list?.includes(text) ?? (fits instanceof RegExp ? fits.test(text) : (fits as (text: string) => boolean)(text));
  const last = name.replace('.*', '').split('.').at(-1)!;
  return property(type, name, (value, _, model, known) => {
    const text = given(model, value, known);
    if (text === undefined || isFit(text)) return false;
    const shown = /password/i.test(last) ? '' : `, not ${text}`;
    // Who launches the stack may give a parameter something else than its default.
    const severity = literal(value) === undefined ? ({ severity: 'warning' } as const) : {};
    return list
      ? { message: `${last} must be one of ${list.join(', ')}${shown}.`, hint: didYouMean(text, list), ...severity }
      : { message: `${last} must be ${what}${shown}.`, ...severity };
  });
}

/** Texts that a service knows, and the schemas of the registry do not list. */
export const SERVICE_VALUE_RULES: readonly Rule[] = [
  {
    code: 'PL3110',
    name: 'service-value',
    message: 'The service does not take this value.',
    why: RESOURCE_REFUSED,
    fix: 'Write what the message asks for.',
    url: KNOWN_VALUES[0]!.url,
    bad: [
      resource('AWS::FSx::FileSystem', 'FileSystemType: LUSTER # <-', 'SubnetIds: [subnet-0123456789abcdef0]'),
      resource(
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        'Type: network',
        'Name: internal-front # <-',
        'Subnets: [subnet-0123456789abcdef0]',
      ),
      resource('AWS::EC2::DHCPOptions', 'DomainNameServers: [dns.example.com] # <-'),
      resource(
        'AWS::SNS::Subscription',
        'TopicArn: arn:aws:sns:us-east-1:111122223333:a',
        'Protocol: mail # <-',
        'Endpoint: a@example.com',
      ),
    ],
    good: [
      resource('AWS::EC2::DHCPOptions', 'DomainNameServers: [AmazonProvidedDNS]', 'NtpServers: [169.254.169.123]'),
      resource(
        'AWS::SNS::Subscription',
        'TopicArn: arn:aws:sns:us-east-1:111122223333:a',
        'Protocol: email',
        'Endpoint: a@example.com',
      ),
    ],
    check: all(...KNOWN_VALUES.map(known)),
  },
];
