/** The services that are asked, as AWS_ENDPOINT_URL_SERVICE names them. */
export type Service =
  | 'ACM'
  | 'CloudFormation'
  | 'S3'
  | 'SageMaker'
  | 'Directory_Service'
  | 'EC2'
  | 'Lambda'
  | 'Service_Quotas';

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
