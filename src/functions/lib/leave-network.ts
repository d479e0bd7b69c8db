import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteNetworkInterfaceCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { retry } from './retry.ts';

/** Between two looks, in ms. */
const PAUSE = 5_000;

/** What is taken out of the VPC. */
export interface Leaving {
  /** Its name or ARN. */
  readonly functionName: string;
  /** Of this function alone: all interfaces in it are the function's. */
  readonly securityGroupId: string;
}

/**
 * Takes a function out of the VPC, so that subnets and security group can be deleted: Lambda itself lets go of the
 * interfaces of a deleted function only after 20 minutes and more. The function must still be there, and nobody may
 * call it any more. Lambda forgets to take the interfaces away if the function is deleted while it is being taken out,
 * so this waits for the end of that. Ends when no interface is left; throws when `stop` aborts.
 */
export async function leaveNetwork({ functionName, securityGroupId }: Leaving, stop: AbortSignal): Promise<void> {
  await takeOut(functionName, stop).catch(unless('ResourceNotFoundException'));
  const ec2 = new EC2Client({});
  const Filters = [{ Name: 'group-id', Values: [securityGroupId] }];
  for (;;) {
    const look = () => ec2.send(new DescribeNetworkInterfacesCommand({ Filters }), { abortSignal: stop });
    const { NetworkInterfaces = [] } = await retry(stop, look);
    if (NetworkInterfaces.length === 0) return;
    for (const { NetworkInterfaceId, Status } of NetworkInterfaces) {
      if (Status !== 'available') continue;
      console.log(`Deleting ${NetworkInterfaceId}`);
      await ec2
        .send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }), { abortSignal: stop })
        .catch(unless('InvalidNetworkInterfaceID.NotFound', 'InvalidParameterValue', 'InvalidNetworkInterface.InUse'));
    }
    await sleep(PAUSE, undefined, { signal: stop });
  }
}

/** Empties the function's VpcConfig, and waits until Lambda has done that. */
async function takeOut(FunctionName: string, stop: AbortSignal): Promise<void> {
  const lambda = new LambdaClient({});
  const asked = { abortSignal: stop };
  const update = new UpdateFunctionConfigurationCommand({
    FunctionName,
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  });
  await retry(stop, () => lambda.send(update, asked));
  for (;;) {
    const look = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), asked);
    const { LastUpdateStatus, LastUpdateStatusReason } = await retry(stop, look);
    if (LastUpdateStatus === 'Successful') return;
    if (LastUpdateStatus === 'Failed') throw new Error(`${FunctionName} stays in the VPC: ${LastUpdateStatusReason}`);
    await sleep(PAUSE, undefined, { signal: stop });
  }
}

/** Passes over errors that say that there is nothing left to do, or not yet. */
function unless(...names: readonly string[]) {
  return (thrown: unknown): undefined => {
    if (!names.includes((thrown as Error).name)) throw thrown;
  };
}
