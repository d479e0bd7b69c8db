import { has, isObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import { ofType, propertiesOf } from '../../model/of-type.ts';
import { resource } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, property, resources } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const FUNCTION = 'AWS::Lambda::Function';
const certificate = (domain: string): string =>
  resource(
    CERTIFICATE,
    'DomainName: a.example.com',
    `DomainValidationOptions: [{ DomainName: a.example.com, ValidationDomain: ${domain} }]`,
  );
const distribution = (alias: string): string =>
  resource(
    'AWS::CloudFront::Distribution',
    ...[
      'DistributionConfig:',
      '  Enabled: true',
      '  Aliases:',
      `    - ${alias}`,
      '  Origins: [{ Id: a, DomainName: a.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }]',
    ],
    '  DefaultCacheBehavior: { TargetOriginId: a, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 }',
  );
const snap = (runtime: string, mark = ''): string =>
  resource(
    FUNCTION,
    `Runtime: ${runtime}${mark}`,
    'Handler: index.handler',
    'Role: arn:aws:iam::111122223333:role/a',
    'Code: { S3Bucket: aaa, S3Key: b }',
    'SnapStart: { ApplyOn: PublishedVersions }',
  );
const project = (role: string, path: string): string =>
  `${resource('AWS::CodeBuild::Project', `ServiceRole: ${role}`, 'Artifacts: { Type: NO_ARTIFACTS }', 'Environment: { Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: a }', 'Source: { Type: NO_SOURCE, BuildSpec: a }')}  Builder:\n    Type: AWS::IAM::Role\n    Properties:\n      Path: ${path}\n      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: codebuild.amazonaws.com }, Action: sts:AssumeRole }] }\n`;
const VERSION = '  Published:\n    Type: AWS::Lambda::Version\n    Properties: { FunctionName: !Ref Example }\n';

/** Runtimes with SnapStart: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
const SNAP_START = /^(?:java(?!8)\d+|python3\.(?:1[2-9]|[2-9]\d)|dotnet(?:[89]|\d{2}))$/;

/** A name that CloudFront answers for: small letters, `*` at most in front. */
const ALIAS = /^(?:\*\.|(?!-))(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** CloudFront, certificates, pipelines, and functions that start from a snapshot. */
export const WEB_RULES: readonly Rule[] = [
  {
    code: 'E3013',
    name: 'distribution-alias',
    message: 'An alias of a distribution is not the name of a host.',
    why: 'CloudFront refuses the distribution.',
    fix: 'Write a name in small letters, such as www.example.com, or *.example.com.',
    url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html',
    bad: [
      distribution('email.*.example.com # <-'),
      distribution('WWW.EXAMPLE.COM # <-'),
      distribution('-example.com # <-'),
    ],
    good: [distribution('www.example.com'), distribution("'*.example.com'")],
    check: property('AWS::CloudFront::Distribution', 'DistributionConfig.Aliases.*', (alias) => {
      const text = literal(alias);
      return text !== undefined && (!ALIAS.test(text) || text.length > 253) && `${text} is not the name of a host.`;
    }),
  },
  {
    code: 'E3503',
    name: 'validation-domain',
    message: 'The domain that validates a certificate is not one above that of the certificate.',
    why: 'Certificate Manager refuses the certificate.',
    fix: 'Write the domain itself, or one above it.',
    url: 'https://docs.aws.amazon.com/acm/latest/APIReference/API_DomainValidationOption.html',
    bad: [certificate('example.net # <-').replace(' # <- }]', ' }] # <-')],
    good: [certificate('example.com')],
    check: properties(
      `${CERTIFICATE}/DomainValidationOptions.*`,
      ['ValidationDomain', 'DomainName'],
      ({ ValidationDomain, DomainName }) => {
        const [above, domain] = [literal(ValidationDomain)?.toLowerCase(), literal(DomainName)?.toLowerCase()];
        return above === undefined || domain === undefined || domain === above || domain.endsWith(`.${above}`)
          ? undefined
          : ['ValidationDomain', `${above} is not above ${domain}.`];
      },
    ),
  },
  {
    code: 'E2530',
    name: 'snap-start-runtime',
    message: 'Functions of this runtime do not start from a snapshot.',
    why: 'Lambda refuses the function.',
    fix: 'Delete SnapStart, or write a newer runtime of Java, Python or .NET.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
    bad: [snap('python3.11', ' # <-') + VERSION],
    good: [snap('python3.13') + VERSION],
    check: properties(FUNCTION, ['Runtime', 'SnapStart.ApplyOn'], ({ Runtime, 'SnapStart.ApplyOn': apply }) => {
      const runtime = literal(Runtime);
      return apply === 'PublishedVersions' && runtime !== undefined && !SNAP_START.test(runtime)
        ? ['Runtime', `Functions of ${runtime} do not start from a snapshot.`]
        : undefined;
    }),
  },
  {
    code: 'W2530',
    name: 'snap-start-version',
    message: 'SnapStart is for published versions, and the function has none.',
    why: 'The function starts as slowly as without it.',
    fix: 'Add AWS::Lambda::Version.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
    bad: [
      snap('python3.13')
        .replace('SnapStart: {', 'SnapStart: {')
        .replace('PublishedVersions }', 'PublishedVersions } # <-'),
    ],
    good: [snap('python3.13') + VERSION],
    check: resources(FUNCTION, function* (object, path, model): Generator<Hit> {
      if (objectAt(object, 'SnapStart')['ApplyOn'] !== 'PublishedVersions') return;
      const isPublished = ofType(model, 'AWS::Lambda::Version').some(
        ({ properties }) => resourceOf(model, properties['FunctionName'], FUNCTION) === path[1],
      );
      if (!isPublished) yield { path: [...path, 'SnapStart'] };
    }),
  },
  {
    code: 'E3050',
    name: 'role-with-path',
    message: 'Ref of a role gives its name without its path, so the service does not find it.',
    why: RESOURCE_REFUSED,
    fix: 'Take the ARN by Fn::GetAtt.',
    url: resourcePage('aws-resource-iam-role'),
    bad: [project('!Ref Builder # <-', '/team/')],
    good: [project('!GetAtt Builder.Arn', '/team/'), project('!Ref Builder', '/')],
    check: property('AWS::CodeBuild::Project', 'ServiceRole', (role: Json, _, model) => {
      const id = isObject(role) && has(role, 'Ref') ? resourceOf(model, role, 'AWS::IAM::Role') : undefined;
      const path = textOf(propertiesOf(model, id)['Path'] ?? '/');
      return path !== '/' && path !== '' && `Ref of ${id} gives its name without the path ${path}.`;
    }),
  },
];
