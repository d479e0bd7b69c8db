import { functionOf, isObject, ownEntry } from '../../../document/intrinsics.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const REFUSED = 'Elastic Load Balancing refuses it, and the stack rolls back.';
const SUBNETS = 'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]';
const balancer = (...attributes: readonly string[]): string =>
  resource(BALANCER, 'Type: network', SUBNETS, 'LoadBalancerAttributes:', ...attributes.map((one) => `  - { ${one} }`));

/** Attributes with the values that they take: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const BOOLEAN = /^(?:true|false)$/;
const ATTRIBUTES: Readonly<Record<string, readonly [types: string, fits: RegExp]>> = {
  'deletion_protection.enabled': ['application network gateway', BOOLEAN],
  'load_balancing.cross_zone.enabled': ['application network gateway', BOOLEAN],
  'access_logs.s3.enabled': ['application network', BOOLEAN],
  'access_logs.s3.bucket': ['application network', /./],
  'access_logs.s3.prefix': ['application network', /^/],
  'ipv6.deny_all_igw_traffic': ['application network', BOOLEAN],
  'zonal_shift.config.enabled': ['application network', BOOLEAN],
  'dns_record.client_routing_policy': [
    'network',
    /^(?:availability_zone_affinity|partial_availability_zone_affinity|any_availability_zone)$/,
  ],
  'secondary_ips.auto_assigned.per_subnet': ['network', /^[0-7]$/],
  'idle_timeout.timeout_seconds': ['application', /^\d{1,4}$/],
  'client_keep_alive.seconds': ['application', /^\d{2,6}$/],
  'connection_logs.s3.enabled': ['application', BOOLEAN],
  'connection_logs.s3.bucket': ['application', /./],
  'connection_logs.s3.prefix': ['application', /^/],
  'health_check_logs.s3.enabled': ['application', BOOLEAN],
  'health_check_logs.s3.bucket': ['application', /./],
  'health_check_logs.s3.prefix': ['application', /^/],
  'routing.http.desync_mitigation_mode': ['application', /^(?:monitor|defensive|strictest)$/],
  'routing.http.drop_invalid_header_fields.enabled': ['application', BOOLEAN],
  'routing.http.preserve_host_header.enabled': ['application', BOOLEAN],
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': ['application', BOOLEAN],
  'routing.http.xff_client_port.enabled': ['application', BOOLEAN],
  'routing.http.xff_header_processing.mode': ['application', /^(?:append|preserve|remove)$/],
  'routing.http2.enabled': ['application', BOOLEAN],
  'waf.fail_open.enabled': ['application', BOOLEAN],
};

/** Attributes of load balancers. */
export const BALANCER_ATTRIBUTE_RULES: readonly Rule[] = [
  {
    code: 'PL3146',
    name: 'balancer-attribute',
    message: 'A load balancer does not have this attribute, or not with this value.',
    why: REFUSED,
    fix: 'Correct it, or delete it.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html',
    bad: [
      balancer('Key: cross_zone.enabled, Value: true').replace(/(cross_zone.*)\n/, '$1 # <-\n'),
      balancer('Key: load_balancing.cross_zone.enabled, Value: yep').replace(/(cross_zone.*)\n/, '$1 # <-\n'),
      balancer('Key: idle_timeout.timeout_seconds, Value: 60').replace(/(idle.*)\n/, '$1 # <-\n'),
    ],
    good: [balancer("Key: load_balancing.cross_zone.enabled, Value: 'true'")],
    check: resources(BALANCER, function* (object, path, _, known): Generator<Hit> {
      const type = literal(object['Type'] ?? 'application');
      for (const { value, path: at } of valuesAt(object, 'LoadBalancerAttributes.*', path, known)) {
        if (!isObject(value) || functionOf(value)) continue;
        const [key, text] = [literal(value['Key']), literal(value['Value'])];
        if (key === undefined) continue;
        const attribute = ownEntry(ATTRIBUTES, key);
        if (!attribute) {
          const hint = didYouMean(key, Object.keys(ATTRIBUTES));
          yield { path: [...at, 'Key'], message: `Load balancers do not have the attribute ${key}.`, hint };
        } else if (type !== undefined && !attribute[0].includes(type))
          yield {
            path: [...at, 'Key'],
            message: `A load balancer of type ${type} does not have the attribute ${key}.`,
          };
        else if (text !== undefined && !attribute[1].test(text))
          yield { path: [...at, 'Value'], message: `The attribute ${key} cannot be ${text}.` };
      }
    }),
  },
];
