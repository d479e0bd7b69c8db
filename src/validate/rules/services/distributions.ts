import { functionOf, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const POLICY = 'CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6';
const to = (origin: string, mark = '', more = ''): string =>
  resource(
    DISTRIBUTION,
    'DistributionConfig:',
    '  Enabled: true',
    '  Origins: [{ Id: site, DomainName: a.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }]',
    `  DefaultCacheBehavior: { TargetOriginId: ${origin}, ViewerProtocolPolicy: https-only, ${POLICY} }${mark}`,
    ...(more === '' ? [] : [more]),
  );
const path = (origin: string, mark = ''): string =>
  `  CacheBehaviors: [{ PathPattern: /a, TargetOriginId: ${origin}, ViewerProtocolPolicy: https-only, ${POLICY} }]${mark}`;

/** Where behaviours of a distribution say to which origin requests go. */
const TARGETS = ['DefaultCacheBehavior.TargetOriginId', 'CacheBehaviors.*.TargetOriginId'] as const;

/** Distributions of CloudFront. */
export const DISTRIBUTION_RULES: readonly Rule[] = [
  {
    code: 'E3057',
    name: 'target-origin',
    message: 'A behaviour sends requests to an origin that the distribution does not have.',
    why: 'CloudFront refuses the distribution.',
    fix: 'Write the Id of an origin, or of a group of origins.',
    url: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html',
    bad: [to('sight', ' # <-'), to('site', '', path('sight', ' # <-'))],
    good: [to('site', '', path('site'))],
    check: resources(`${DISTRIBUTION}/DistributionConfig`, function* (object, at, _, known): Generator<Hit> {
      const { Origins: origins, OriginGroups: groups = { Items: [] } } = object;
      if (!isList(origins) || !isObject(groups) || functionOf(groups) || !isTold(groups['Items'])) return;
      const names = ['Origins.*.Id', 'OriginGroups.Items.*.Id']
        .flatMap((name) => valuesAt(object, name, at, known))
        .flatMap(({ value }) => (value === undefined ? [] : [literal(value)]));
      if (names.includes(undefined)) return;
      for (const { value, path: place } of TARGETS.flatMap((name) => valuesAt(object, name, at, known))) {
        const target = literal(value);
        if (target !== undefined && !names.includes(target))
          yield { path: place, message: `${target} is not one of the origins: ${names.join(', ')}.` };
      }
    }),
  },
];

/** Whether all entries of a list are written in the template. */
function isTold(list: Json | undefined): boolean {
  return list === undefined || isList(list);
}
