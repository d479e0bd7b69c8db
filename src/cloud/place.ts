/** Where AWS is asked. */
export interface AwsPlace {
  readonly region: string;
  /** Another endpoint than AWS's. Default: what AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SERVICE say. */
  readonly endpointUrl?: string | undefined;
}
