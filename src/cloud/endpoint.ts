/** The services that are asked, as AWS_ENDPOINT_URL_SERVICE names them, and how the hosts of AWS's own endpoints begin. */
export const HOSTS = {
  ACM: 'acm',
  CloudFormation: 'cloudformation',
  CloudWatch_Logs: 'logs',
  Directory_Service: 'ds',
  EC2: 'ec2',
  KMS: 'kms',
  Elastic_Load_Balancing_v2: 'elasticloadbalancing',
  FSx: 'fsx',
  Lambda: 'lambda',
  S3: 's3',
  SageMaker: 'api.sagemaker',
  Secrets_Manager: 'secretsmanager',
  Service_Quotas: 'servicequotas',
} as const;

export type Service = keyof typeof HOSTS;

/**
 * The endpoint of a service: the one given, else AWS_ENDPOINT_URL_SERVICE, else AWS_ENDPOINT_URL, as the AWS CLI takes
 * them; undefined for AWS's own. An empty variable counts as none.
 */
export function chooseEndpoint(
  service: Service,
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return given ?? (env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL'] || undefined);
}
