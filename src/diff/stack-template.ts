import { awsRefusal } from '../cloud/aws-refusal.ts';
import { askCloudFormation } from '../cloud/cloudformation.ts';
import { awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { refuse } from '../diagnostics/refusal.ts';

/**
 * Reads the text of the template that a stack was last made or updated with, as it was written: macros are not expanded.
 * @throws Refusal PL8001 for a stack that is not there, PL8004 when CloudFormation cannot be asked
 */
export async function stackTemplate(stack: string, place: AwsPlace): Promise<string> {
  return askCloudFormation(place, async (client, sdk) => {
    const command = new sdk.GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' });
    const { TemplateBody = '' } = await client.send(command);
    return TemplateBody;
  }).catch((thrown: unknown) => {
    throw fault(thrown, stack, place);
  });
}

function fault(thrown: unknown, stack: string, place: AwsPlace): Error {
  const { name, message } = awsFailure(thrown);
  if (name === 'ValidationError' && /does not exist/.test(message)) {
    return refuse({
      code: 'PL8001',
      message: `There is no stack ${stack} in ${place.endpointUrl ?? place.region}.`,
      hint: 'Look at its name and at the region (--region): aws cloudformation list-stacks.',
    });
  }
  return awsRefusal('PL8004', thrown, place, {
    doing: `read the template of the stack ${stack}`,
    service: 'CloudFormation',
    subject: `the stack ${stack}`,
    needs: 'cloudformation:GetTemplate',
  });
}
