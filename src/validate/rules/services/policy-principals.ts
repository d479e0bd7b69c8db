import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { unknownKeys } from '../../model/shape.ts';
import { branches, literal } from '../base/look.ts';
import type { Hit } from '../base/rule.ts';
import { plainTexts } from '../base/texts.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
const ACCOUNT = /^(?:\*|\d{12}|arn:[\w-]+:(?:iam|sts)::(?:\d{12}|cloudfront|aws):.+|A[A-Z0-9]{15,})$/;
const SERVICE = /\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|amazonaws\.eu|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/** What is wrong with the Principal of a statement. */
export function* principalFaults(principal: Json | undefined, path: Path): Generator<Hit> {
  for (const { value, path: at } of branches(principal, path)) {
    const text = literal(value);
    if (text !== undefined && text !== '*')
      yield {
        message: `Principal must be * or a mapping, not ${text}.`,
        path: at,
        hint: `For example: { Service: ${text} }.`,
      };
    if (!isObject(value) || functionOf(value)) continue;
    yield* unknownKeys(value, at, KINDS);
    for (const [account, where] of plainTexts(value['AWS'], [...at, 'AWS']))
      if (!ACCOUNT.test(account))
        yield {
          message: `${account} is not an account, or an ARN of IAM.`,
          path: where,
          hint: 'Write the 12 digits of an account, or arn:aws:iam::….',
        };
    for (const [service, where] of plainTexts(value['Service'], [...at, 'Service']))
      if (!SERVICE.test(service) && service !== '*')
        yield {
          message: `${service} is not the principal of a service.`,
          path: where,
          hint: 'For example: ec2.amazonaws.com.',
        };
  }
}
