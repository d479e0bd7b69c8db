import { openClient } from '../cloud/client.ts';
import { awsWords } from '../cloud/error-words.ts';
import { awsFailure } from '../cloud/errors.ts';
import { refuse } from '../diagnostics/refusal.ts';

/** Where a stack is. */
export interface StackPlace {
  readonly stack: string;
  readonly region: string;
  readonly endpointUrl?: string;
}

/**
 * Reads the text of the template that a stack was last made or updated with, as it was written: macros are not expanded.
 * @throws Refusal PL8001 for a stack that is not there, PL8004 when CloudFormation cannot be asked
 */
export async function stackTemplate({ stack, region, endpointUrl }: StackPlace): Promise<string> {
  const { sdk, client } = await openClient(
    { service: 'CloudFormation', region, ...(endpointUrl !== undefined && { endpointUrl }) },
    () => import('@aws-sdk/client-cloudformation'),
    ({ CloudFormationClient }, settings) => new CloudFormationClient(settings),
  );
  try {
    const { TemplateBody = '' } = await client.send(
      new sdk.GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }),
    );
    return TemplateBody;
  } catch (thrown) {
    throw fault(thrown, { stack, region, ...(endpointUrl !== undefined && { endpointUrl }) });
  } finally {
    client.destroy();
  }
}

function fault(thrown: unknown, { stack, region, endpointUrl }: StackPlace): Error {
  const failure = awsFailure(thrown);
  if (failure.name === 'ValidationError' && /does not exist/.test(failure.message)) {
    return refuse({
      code: 'PL8001',
      message: `There is no stack ${stack} in ${endpointUrl ?? region}.`,
      hint: 'Look at its name and at the region (--region): aws cloudformation list-stacks.',
    });
  }
  const { message, hint } = awsWords(failure, {
    service: 'CloudFormation',
    at: endpointUrl ?? region,
    subject: `the stack ${stack}`,
    needs: 'cloudformation:GetTemplate',
  });
  return refuse({ code: 'PL8004', message: `Could not read the template of the stack ${stack}: ${message}`, hint });
}
