import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { type AwsRequest, awsWords } from './error-words.ts';
import { awsFailure } from './errors.ts';
import type { AwsPlace } from './place.ts';

/** What was asked of a service. */
export interface RefusedRequest extends Pick<AwsRequest, 'service' | 'subject' | 'needs'> {
  /** As in "Could not …". */
  readonly doing: string;
}

/** Turns what AWS, the SDK or the network said into a Refusal: "Could not …: …", and the next step. One stays as it is. */
export function awsRefusal(
  code: string,
  thrown: unknown,
  { region, endpointUrl }: AwsPlace,
  { doing, ...asked }: RefusedRequest,
): Refusal {
  if (thrown instanceof Refusal) return thrown;
  const { message, hint } = awsWords(awsFailure(thrown), { ...asked, at: endpointUrl ?? region });
  return refuse({ code, message: `Could not ${doing}: ${message}`, hint });
}
