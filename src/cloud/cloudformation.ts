import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { openClient } from './client.ts';
import type { AwsPlace } from './place.ts';

type Sdk = typeof import('@aws-sdk/client-cloudformation');

/** Opens CloudFormation, lets something be asked of it, and lets go of it. Loads the SDK. */
export async function askCloudFormation<T>(
  { region, endpointUrl }: AwsPlace,
  ask: (client: CloudFormationClient, sdk: Sdk) => Promise<T>,
): Promise<T> {
  const { sdk, client } = await openClient(
    { service: 'CloudFormation', region, endpointUrl },
    () => import('@aws-sdk/client-cloudformation'),
    (loaded, settings) => new loaded.CloudFormationClient(settings),
  );
  try {
    return await ask(client, sdk);
  } finally {
    client.destroy();
  }
}
