import { Distribution } from '../../aws/generated/cloudfront-distribution.ts';
import { OriginAccessControl } from '../../aws/generated/cloudfront-origin-access-control.ts';
import { ResponseHeadersPolicy } from '../../aws/generated/cloudfront-response-headers-policy.ts';
import { Bucket } from '../../aws/generated/s3-bucket.ts';
import { BucketPolicy } from '../../aws/generated/s3-bucket-policy.ts';
import { accountId, partition, stackName } from '../../aws/intrinsics.ts';
import { policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import { type ResourceHandle, Template } from '../../aws/template.ts';
import type { CompiledTemplate } from '../../compile/compiled-template.ts';
import { makeTemplate } from '../../compile/make-template.ts';
import { contentSecurityPolicy } from '../page/content-security-policy.ts';
import { INDEX } from '../page/page-file.ts';

/** CloudFront's own cache policy "CachingOptimized": it keeps a file as long as its Cache-Control says, at least a second. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** Two years, in seconds. */
const HSTS = 63_072_000;

const ABOUT = [
  'An origin of its own for the launch page: a private bucket, CloudFront in front of it, and the headers of the page.',
  'Compiled by podlaunch; make it again rather than edit it.',
].join('\n');

/** The template of what serves a launch page; nothing in it is asked of the publisher. */
export type PageHost = CompiledTemplate<'page-host'>;

/**
 * Makes the template of what serves a launch page, on an origin where nothing else is.
 * @param releases URL of the place of releases, which the page may read
 * @param project what its resources are tagged with
 */
export function pageHost(releases: string, project: string): PageHost {
  return makeTemplate({ name: 'page-host', summary: 'serves a launch page' }, () => bodyOf(releases, project), ABOUT);
}

function bodyOf(releases: string, project: string): object {
  const template = new Template({ project, title: 'podlaunch page-host - serves a launch page' });
  const bucket = pageBucket(template);
  const distribution = pageDistribution(template, bucket, pageHeaders(template, releases));
  template.resource(
    'PageBucketPolicy',
    new BucketPolicy({
      Bucket: bucket.ref(),
      PolicyDocument: policy(
        {
          Sid: 'CloudFrontReads',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: sub`${bucket.get('Arn')}/*`,
          Condition: {
            StringEquals: {
              'aws:SourceArn': sub`arn:${partition}:cloudfront::${accountId}:distribution/${distribution.ref()}`,
            },
          },
        },
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [bucket.get('Arn'), sub`${bucket.get('Arn')}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ),
    }),
  );
  template.output('PageBucketName', {
    description: 'For page.to of podlaunch.yaml, after s3://.',
    value: bucket.ref(),
  });
  template.output('PageOrigin', {
    description: 'For page.origin of podlaunch.yaml: where the page is opened.',
    value: sub`https://${distribution.get('DomainName')}`,
  });
  return template.body();
}

function pageBucket(template: Template): ResourceHandle<Bucket> {
  return template.resource(
    'PageBucket',
    new Bucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
    {
      tag: 'page',
      deletionPolicy: 'RetainExceptOnCreate',
      updateReplacePolicy: 'Retain',
      comment: 'The page and its earlier versions. CloudFront alone reads it.',
    },
  );
}

/** What every answer says: what a browser may do with the page, whatever is in the bucket. */
function pageHeaders(template: Template, releases: string): ResourceHandle<ResponseHeadersPolicy> {
  return template.resource(
    'PageHeaders',
    new ResponseHeadersPolicy({
      ResponseHeadersPolicyConfig: {
        Name: sub`${stackName}-page`,
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: contentSecurityPolicy(releases), Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: HSTS, IncludeSubdomains: true, Override: true },
        },
        CustomHeadersConfig: {
          Items: [
            { Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true },
            { Header: 'Permissions-Policy', Value: 'camera=(), geolocation=(), microphone=()', Override: true },
          ],
        },
      },
    }),
  );
}

function pageDistribution(
  template: Template,
  bucket: ResourceHandle<Bucket>,
  headers: ResourceHandle<ResponseHeadersPolicy>,
): ResourceHandle<Distribution> {
  const access = template.resource(
    'PageAccess',
    new OriginAccessControl({
      OriginAccessControlConfig: {
        Name: sub`${stackName}-page`,
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    }),
  );
  return template.resource(
    'PageDistribution',
    new Distribution({
      DistributionConfig: {
        Enabled: true,
        Comment: sub`${stackName}: launch page`,
        DefaultRootObject: INDEX,
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        Origins: [
          {
            Id: 'page',
            DomainName: bucket.get('RegionalDomainName'),
            OriginAccessControlId: access.get('Id'),
            // CloudFront wants it to know that the origin is a bucket; access is by the one above.
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'page',
          ViewerProtocolPolicy: 'redirect-to-https',
          AllowedMethods: ['GET', 'HEAD'],
          CachePolicyId: CACHING_OPTIMIZED,
          ResponseHeadersPolicyId: headers.ref(),
          Compress: true,
        },
        ViewerCertificate: { CloudFrontDefaultCertificate: true },
      },
    }),
    { tag: 'page' },
  );
}
