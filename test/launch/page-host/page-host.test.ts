import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../src/launch/page/content-security-policy.ts';
import { pageHost } from '../../../src/launch/page-host/page-host.ts';
import { validate } from '../../../src/validate/validate.ts';

const RELEASES = 'https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/';
const template = pageHost(RELEASES, 'podlaunch');
const { Parameters, Resources, Outputs } = template.value as any;

test('validate finds nothing', () => {
  expect(validate(template)).toEqual([]);
});

test('it asks nothing, and says what belongs in podlaunch.yaml', () => {
  expect(Parameters).toBeUndefined();
  expect(Object.keys(Outputs)).toEqual(['PageBucketName', 'PageOrigin']);
});

test('every answer has the headers that the page needs, whatever is in the bucket', () => {
  const { SecurityHeadersConfig } = Resources.PageHeaders.Properties.ResponseHeadersPolicyConfig;
  expect(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy).toBe(contentSecurityPolicy(RELEASES));
  expect(SecurityHeadersConfig).toMatchObject({
    ContentTypeOptions: { Override: true },
    FrameOptions: { FrameOption: 'DENY' },
    ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
    StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true },
  });
  for (const header of Object.values<any>(SecurityHeadersConfig)) expect(header.Override).toBe(true);
  const behaviour = Resources.PageDistribution.Properties.DistributionConfig.DefaultCacheBehavior;
  expect(behaviour).toMatchObject({
    ResponseHeadersPolicyId: { Ref: 'PageHeaders' },
    ViewerProtocolPolicy: 'redirect-to-https',
  });
});

test('the bucket is private, and only this distribution reads it', () => {
  expect(Object.values(Resources.PageBucket.Properties.PublicAccessBlockConfiguration)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const [reads, denies, ...more] = Resources.PageBucketPolicy.Properties.PolicyDocument.Statement;
  expect(more).toEqual([]);
  expect(denies).toMatchObject({ Effect: 'Deny', Principal: '*' });
  expect(reads).toMatchObject({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
  });
  expect(JSON.stringify(reads.Condition)).toContain('distribution/${PageDistribution}');
});
