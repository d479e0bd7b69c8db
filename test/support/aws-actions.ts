import type { AwsCall } from './lambda.ts';

/** An action of IAM and what it is on. */
export interface Used {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * What IAM asks for where its action is not named like the operation, and on what: from the Service Authorization
 * Reference, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const ACTIONS: Readonly<Record<string, (input: any) => readonly Used[]>> = {
  'S3.GetObject': object('s3:GetObject'),
  'S3.PutObject': object('s3:PutObject'),
  'S3.DeleteObject': object('s3:DeleteObject'),
  'S3.ListObjectVersions': ({ Bucket }) => [{ action: 's3:ListBucketVersions', resource: `arn:aws:s3:::${Bucket}` }],
  'S3.DeleteObjects': ({ Bucket, Delete }) =>
    Delete.Objects.flatMap(({ Key, VersionId }: any) => [
      ...object('s3:DeleteObject')({ Bucket, Key }),
      ...(VersionId ? object('s3:DeleteObjectVersion')({ Bucket, Key }) : []),
    ]),
  'KMS.GetPublicKey': ({ KeyId }) => [{ action: 'kms:GetPublicKey', resource: KeyId }],
  'KMS.Sign': ({ KeyId, SigningAlgorithm }) => [
    { action: 'kms:Sign', resource: KeyId, context: { 'kms:SigningAlgorithm': SigningAlgorithm } },
  ],
  'ACM.GetCertificate': certificate('acm:GetCertificate'),
  'ACM.DeleteCertificate': certificate('acm:DeleteCertificate'),
  'ACM.ImportCertificate': ({ CertificateArn, Tags = [] }) => [
    ...certificate('acm:ImportCertificate')({ CertificateArn, Tags }),
    ...(Tags.length > 0 ? certificate('acm:AddTagsToCertificate')({ Tags }) : []),
  ],
  'Secrets Manager.CreateSecret': ({ Name }) => [
    { action: 'secretsmanager:CreateSecret', resource: secretNamed(Name) },
  ],
  ...onSecret('DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'),
  ...onSecret('PutResourcePolicy', 'DeleteSecret'),
  'Directory Service.ResetUserPassword': ({ DirectoryId }) => [
    { action: 'ds:ResetUserPassword', resource: `arn:aws:ds:us-west-2:123456789012:directory/${DirectoryId}` },
  ],
  'SNS.Publish': ({ TopicArn }) => [{ action: 'sns:Publish', resource: TopicArn }],
  'Lambda.Invoke': ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resource: FunctionName }],
  'Directory Service.DescribeDomainControllers': ({ DirectoryId }) => [
    {
      action: 'ds:DescribeDomainControllers',
      resource: `arn:aws:ds:us-west-2:123456789012:directory/${DirectoryId}`,
    },
  ],
  'Elastic Load Balancing v2.DescribeTargetHealth': onTargetGroup('DescribeTargetHealth'),
  'Elastic Load Balancing v2.RegisterTargets': onTargetGroup('RegisterTargets'),
  'Elastic Load Balancing v2.DeregisterTargets': onTargetGroup('DeregisterTargets'),
  'CloudFormation.DescribeStacks': ({ StackName }) => [
    { action: 'cloudformation:DescribeStacks', resource: StackName },
  ],
};

function onSecret(...operations: readonly string[]) {
  const entries = operations.map((operation) => [
    `Secrets Manager.${operation}`,
    ({ SecretId }: any): readonly Used[] => [
      { action: `secretsmanager:${operation}`, resource: secretNamed(SecretId) },
    ],
  ]);
  return Object.fromEntries(entries);
}

/** The ARN of a secret of ours, which ends in six letters of AWS's. */
function secretNamed(name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}-AbCdEf`;
}

function object(action: string) {
  return ({ Bucket, Key }: any): readonly Used[] => [{ action, resource: `arn:aws:s3:::${Bucket}/${Key}` }];
}

function onTargetGroup(operation: string) {
  return ({ TargetGroupArn }: any): readonly Used[] => [
    { action: `elasticloadbalancing:${operation}`, resource: TargetGroupArn },
  ];
}

/** On a certificate that is there, or on one that is made with tags; its ARN is not known then. */
function certificate(action: string) {
  return ({ CertificateArn, Tags = [] }: any): readonly Used[] => {
    const context = Object.fromEntries(Tags.map(({ Key, Value }: any) => [`aws:RequestTag/${Key}`, Value]));
    return [{ action, resource: CertificateArn ?? 'arn:aws:acm:us-west-2:123456789012:certificate/new', context }];
  };
}

/** Services whose actions are named like their operations, and whose operations here know no resource. */
const DESCRIBED: Readonly<Record<string, string>> = {
  ACM: 'acm',
  'Directory Service': 'ds',
  EC2: 'ec2',
  Lambda: 'lambda',
  SageMaker: 'sagemaker',
  'Secrets Manager': 'secretsmanager',
  'Service Quotas': 'servicequotas',
};

/** What the role of a function needs for these requests. Throws for an operation that is not listed above. */
export function actionsOf(calls: readonly AwsCall[]): readonly Used[] {
  return calls.flatMap(({ service, operation, input }) => {
    const actions = ACTIONS[`${service}.${operation}`];
    const prefix = DESCRIBED[service];
    if (!actions && prefix && /^(Describe|Get|List)/.test(operation)) {
      return [{ action: `${prefix}:${operation}`, resource: '*' }];
    }
    if (!actions) throw new Error(`test/support/aws-actions.ts does not know ${service}.${operation}`);
    return actions(input);
  });
}
