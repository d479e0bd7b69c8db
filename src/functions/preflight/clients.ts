import { ACMClient } from '@aws-sdk/client-acm';
import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';

/** The clients of the services that are asked. */
export interface Clients {
  readonly acm: ACMClient;
  readonly directories: DirectoryServiceClient;
  readonly ec2: EC2Client;
  readonly lambda: LambdaClient;
  readonly quotas: ServiceQuotasClient;
  readonly sageMaker: SageMakerClient;
}

/** @param settings what the client of a service is made with, by the name that AWS_ENDPOINT_URL_SERVICE has for it */
export function openClients(settings: (service: string) => object): Clients {
  return {
    acm: new ACMClient(settings('ACM')),
    directories: new DirectoryServiceClient(settings('DIRECTORY_SERVICE')),
    ec2: new EC2Client(settings('EC2')),
    lambda: new LambdaClient(settings('LAMBDA')),
    // SageMaker alone has thousands of quotas, and few pages a second.
    quotas: new ServiceQuotasClient({ maxAttempts: 8, retryMode: 'adaptive', ...settings('SERVICE_QUOTAS') }),
    sageMaker: new SageMakerClient(settings('SAGEMAKER')),
  };
}
