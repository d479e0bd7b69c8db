import { resource } from '../base/examples.ts';
import type { Rule } from '../base/rule.ts';
import { policies } from './policy-statements.ts';

const ELEMENTS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html';
const REFUSED = 'IAM refuses the policy, and the stack rolls back.';
const FIX = 'Correct the element that the message names.';
const SERVICE = 'Principal: { Service: ec2.amazonaws.com }';

/** A document of one statement; each element on a line of its own. */
const document = (property: string, version: string, ...elements: readonly string[]): readonly string[] => [
  `${property}:`,
  `  Version: ${version}`,
  '  Statement:',
  ...elements.map((element, index) => `${index === 0 ? '    - ' : '      '}${element}`),
];
const trust = (...elements: readonly string[]): string =>
  resource('AWS::IAM::Role', ...document('AssumeRolePolicyDocument', "'2012-10-17'", ...elements));
const identity = (...elements: readonly string[]): string =>
  resource('AWS::IAM::ManagedPolicy', ...document('PolicyDocument', "'2012-10-17'", ...elements));
const bucket = (...elements: readonly string[]): string =>
  resource('AWS::S3::BucketPolicy', 'Bucket: a', ...document('PolicyDocument', "'2012-10-17'", ...elements));

const repository = (...elements: readonly string[]): string =>
  resource('AWS::ECR::Repository', ...document('RepositoryPolicyText', "'2012-10-17'", ...elements));

/** Policies of IAM: identity, resource and trust policies. */
export const POLICY_RULES: readonly Rule[] = [
  {
    code: 'E3510',
    name: 'identity-policy',
    message: 'A policy of a role, user or group has an element that IAM does not accept there.',
    why: REFUSED,
    fix: FIX,
    url: ELEMENTS,
    bad: [
      identity('Effect: Alow # <-', 'Action: s3:GetObject', "Resource: '*'"),
      identity('Effect: Allow # <-', 'Action: s3:GetObject'),
      identity('Effect: Allow', 'Action: GetObject # <-', "Resource: '*'"),
      identity('Effect: Allow', 'Action: [] # <-', "Resource: '*'") +
        '          - { Effect: [Allow], Action: s3:GetObject, Resource: "*" } # <-\n' +
        '          - { Effect: Allow, Action: { s3: GetObject }, Resource: "*" } # <-\n' +
        '          - { Effect: Allow, Action: "s3:*", Resource: "*", Condition: { StringEquals: { aws:SourceVpc: { a: b } } } } # <-\n',
      identity('Effect: Allow', 'Action: s3:GetObject', 'Resource: my-bucket/* # <-'),
      identity('Effect: Allow', 'Action: s3:GetObject', "Resource: '*'", "Principal: '*' # <-"),
      identity('Effect: Allow', 'Action: s3:*', "Resource: '*'", 'Condition: { StringEqual: { a: b } } # <-'),
      identity(
        'Effect: Allow',
        'Action: s3:*',
        "Resource: '*'",
        'Condition: { Bool: { aws:SecureTransprt: true } } # <-',
      ),
      identity(
        'Effect: Allow',
        'Action: s3:*',
        "Resource: '*'",
        'Condition: { Bool: { aws:SecureTransport: enabled }, # <-',
        '  IpAddress: { aws:SourceIp: 10.0.0.0/33 } } # <-',
      ),
      `${identity('Effect: Allow', 'Action: s3:*', 'Resource: !Ref Data # <-')}  Data: { Type: AWS::S3::Bucket }\n`,
      identity('Sid: A', 'Effect: Allow', "Action: '*'", "Resource: '*'") +
        '          - { Sid: A, Effect: Deny, Action: "*", Resource: "*" } # <-\n',
      resource(
        'AWS::IAM::ManagedPolicy',
        ...document('PolicyDocument', "'2012-10-18' # <-", 'Effect: Allow', "Action: '*'", "Resource: '*'"),
      ),
    ],
    good: [
      identity('Sid: Read', 'Effect: Allow', "Action: [s3:GetObject, 's3:List*']", "Resource: '*'"),
      identity(
        'Effect: Deny',
        'NotAction: iam:*',
        'Resource: !Sub arn:${AWS::Partition}:s3:::a/*',
        'Condition: { Bool: { aws:SecureTransport: false } }',
      ),
      `Conditions: { All: !Equals [!Ref AWS::Region, us-west-2] }\n${identity('Effect: Allow', "Action: '*'", "Resource: !If [All, '*', !Ref AWS::NoValue]", "NotResource: !If [All, !Ref AWS::NoValue, 'arn:aws:s3:::a']")}`,
    ],
    check: policies('identity'),
  },
  {
    code: 'E3512',
    name: 'resource-policy',
    message:
      'A policy of a bucket, topic, queue, key, secret or endpoint has an element that AWS does not accept there.',
    why: 'The service refuses the policy, and the stack rolls back.',
    fix: FIX,
    url: ELEMENTS,
    bad: [
      bucket('Effect: Allow # <-', 'Action: s3:GetObject', 'Resource: arn:aws:s3:::a/*'),
      bucket('Effect: Allow', 'Principal: { Service: s3 } # <-', 'Action: s3:GetObject', 'Resource: arn:aws:s3:::a/*'),
      bucket('Effect: Allow', 'Principal: { AWS: me } # <-', 'Action: s3:GetObject', 'Resource: arn:aws:s3:::a/*'),
      bucket(
        'Effect: Allow',
        "Principal: '*'",
        'Action: s3:GetObject',
        'NotAction: s3:PutObject # <-',
        'Resource: arn:aws:s3:::a/*',
      ),
      bucket('Effect: Allow', "Principal: '*'", 'Action: sqs:SendMessage # <-', 'Resource: arn:aws:s3:::a/*'),
    ],
    good: [
      bucket(
        'Effect: Allow',
        "Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'] }",
        'Action: s3:GetObject',
        'Resource: arn:aws:s3:::a/*',
      ),
      bucket(
        'Effect: Deny',
        "Principal: '*'",
        'Action: s3:*',
        'Resource: arn:aws:s3:::a/*',
        'Condition: { Bool: { aws:SecureTransport: false } }',
      ),
    ],
    check: policies('resource'),
  },
  {
    code: 'E3530',
    name: 'trust-policy',
    message: 'A trust policy has an element that IAM does not accept there.',
    why: REFUSED,
    fix: FIX,
    url: ELEMENTS,
    bad: [
      trust('Effect: Allow # <-', 'Action: sts:AssumeRole'),
      trust('Effect: Allow', SERVICE, 'Action: iam:PassRole # <-'),
      trust('Effect: Allow', SERVICE, 'Action: sts:AssumeRoleWithSAML # <-'),
      trust('Effect: Allow', SERVICE, 'Action: sts:AssumeRole', "Resource: '*' # <-"),
      trust('Effect: Allow', 'Principal: { Services: ec2.amazonaws.com } # <-', 'Action: sts:AssumeRole'),
    ],
    good: [
      trust('Effect: Allow', SERVICE, 'Action: sts:AssumeRole'),
      trust(
        'Effect: Allow',
        "Principal: { AWS: !Sub 'arn:${AWS::Partition}:iam::111122223333:root' }",
        'Action: [sts:AssumeRole, sts:TagSession]',
      ),
    ],
    check: policies('trust'),
  },
  {
    code: 'E3513',
    name: 'repository-policy',
    message: 'A policy of a repository has an element that ECR does not accept there.',
    why: 'ECR refuses the policy, and the stack rolls back.',
    fix: FIX,
    url: ELEMENTS,
    bad: [
      repository('Effect: NotAllow # <-', "Principal: '*'", 'Action: ecr:BatchGetImage'),
      repository('Effect: Allow', "Principal: '*'", 'Action: ecr:BatchGetImage', 'Pattern: a # <-'),
    ],
    good: [repository('Effect: Allow', "Principal: '*'", 'Action: ecr:BatchGetImage')],
    check: policies('repository'),
  },
];
