import type { Meaning } from './base/rule.ts';
import { guide } from './base/urls.ts';

const CFN_LINT = 'https://github.com/aws-cloudformation/cfn-lint#install';
const VALIDATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html';
const CREDENTIALS = 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html';
const NOT_CHECKED = 'The templates are not checked by it.';

/** What is said of files and of engines: no template can be an example of it. */
export const WITHOUT_TEMPLATE: readonly Meaning[] = [
  {
    code: 'PL3002',
    name: 'not-text',
    message: 'The template file is not UTF-8 text.',
    why: 'CloudFormation reads UTF-8.',
    fix: 'Save it as UTF-8, or check the name of the file.',
    url: guide('template-formats'),
  },
  {
    code: 'PL3003',
    name: 'no-file',
    message: 'The template file does not exist, or is a folder.',
    why: 'There is nothing to check.',
    fix: "Check the name; of a folder name the templates in it: podlaunch validate 'dist/*.yaml'.",
    url: guide('template-formats'),
  },
  {
    code: 'PL3103',
    name: 'stale-baseline',
    severity: 'info',
    message: 'The baseline accepts a finding that is no longer there.',
    why: 'The same fault would be accepted if somebody made it again.',
    fix: 'Write the baseline again: podlaunch validate --baseline FILE --write-baseline.',
    url: guide('template-formats'),
  },
  {
    code: 'PL3040',
    name: 'engine-missing',
    message: 'The chosen engine is not on this machine, and was not or could not be fetched.',
    why: NOT_CHECKED,
    fix: 'Install it, or let podlaunch fetch it: --fetch.',
    url: CFN_LINT,
  },
  {
    code: 'PL3041',
    name: 'engine-failed',
    message: 'An engine failed, or gave an answer that cannot be read.',
    why: NOT_CHECKED,
    fix: 'Run the tool itself on the template to see more.',
    url: CFN_LINT,
  },
  {
    code: 'PL3042',
    name: 'engine-too-large',
    message: 'The template is too large for the engine aws, which sends it without a bucket.',
    why: NOT_CHECKED,
    fix: 'Upload it, and run: aws cloudformation validate-template --template-url URL.',
    url: VALIDATE,
  },
  {
    code: 'PL3043',
    name: 'engine-no-credentials',
    message: 'The engine aws found no credentials.',
    why: NOT_CHECKED,
    fix: 'Sign in with aws sso login or aws configure, or set AWS_PROFILE.',
    url: CREDENTIALS,
  },
  {
    code: 'PL3044',
    name: 'engine-bad-credentials',
    message: 'The credentials of the engine aws have expired, or AWS does not accept them.',
    why: NOT_CHECKED,
    fix: 'Sign in again, then try aws sts get-caller-identity.',
    url: CREDENTIALS,
  },
  {
    code: 'PL3045',
    name: 'engine-forbidden',
    message: 'The credentials of the engine aws may not call ValidateTemplate.',
    why: NOT_CHECKED,
    fix: 'Have cloudformation:ValidateTemplate allowed.',
    url: VALIDATE,
  },
  {
    code: 'PL3046',
    name: 'refused-by-cloudformation',
    message: 'CloudFormation rejects the template.',
    why: 'It would refuse to create a stack from it.',
    fix: 'Correct what CloudFormation names.',
    url: VALIDATE,
  },
  {
    code: 'PL3047',
    name: 'found-by-npm-cfn-lint',
    message: 'The retired cfn-lint of npm finds a fault.',
    why: 'It is a tool of 2019, and often wrong about what is newer.',
    fix: 'Install the one in Python, and see what it finds.',
    url: CFN_LINT,
  },
  {
    code: 'PL3048',
    name: 'npm-cfn-lint',
    severity: 'info',
    message: 'The engine cfn-lint ran the retired tool of npm, because the maintained one is not installed.',
    why: 'It knows far less.',
    fix: 'Install the one in Python.',
    url: CFN_LINT,
  },
  {
    code: 'PL3049',
    name: 'engine-too-old',
    message: 'The cfn-lint on this machine is too old for podlaunch to trust what it finds.',
    why: 'It finds fault with templates that are right.',
    fix: 'Upgrade it.',
    url: CFN_LINT,
  },
];
