import type { AwsFailure } from './errors.ts';

/** What was asked, for the words about why it failed. */
export interface AwsRequest {
  /** As in "S3 answered …". */
  readonly service: string;
  /** Where: a region, or the URL of another endpoint. */
  readonly at: string;
  /** What the caller has no access to, as in "access to … is denied". */
  readonly subject: string;
  /** The actions that the caller must be allowed. */
  readonly needs: string;
  /** What to do where trying again may help. */
  readonly again?: string;
  /** Default: the process's own, which is the one that the AWS SDK reads. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A message that follows "Could not …: ", and the next step. */
export interface Words {
  readonly message: string;
  readonly hint: string;
}

/** What an AWS service, the SDK or the network said, in words. */
export function awsWords(failure: AwsFailure, asked: AwsRequest): Words {
  const { name, message, status } = failure;
  const { service, at, subject, needs, again = 'run the command again', env = process.env } = asked;
  const profile = env['AWS_PROFILE'];
  const whose = profile ? ` of the profile ${profile}, which AWS_PROFILE names,` : '';
  const place = at.includes('://') ? at : `${service} in ${at}`;
  switch (failure.fault) {
    case 'no-credentials':
      return {
        message: profile
          ? `the profile ${profile}, which AWS_PROFILE names, has no AWS credentials (${message}).`
          : `AWS credentials were not found (${message}).`,
        hint: profile
          ? 'aws configure list-profiles shows the profiles. Correct AWS_PROFILE, or sign in: aws sso login.'
          : 'Sign in with aws sso login or aws configure, or set AWS_PROFILE.',
      };
    case 'expired':
      return {
        message: `the AWS credentials${whose} have expired.`,
        hint: `Sign in again (aws sso login, or whatever gave you the credentials), and ${again}.`,
      };
    case 'bad-credentials':
      return {
        message: `AWS does not accept the credentials${whose.replace(/,$/, '')}: ${message}`,
        hint: 'Try them with: aws sts get-caller-identity. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, and whether the account has the region enabled.',
      };
    case 'denied':
      return {
        message: `access to ${subject} is denied${/^(access denied|forbidden|unknownerror)?$/i.test(message) ? '' : ` (${message})`}.`,
        hint: `The credentials need ${needs}.`,
      };
    case 'clock':
      return {
        message: "the clock of this machine is too far from AWS's.",
        hint: `Set the clock (timedatectl shows it), and ${again}.`,
      };
    case 'wrong-region':
      return {
        message: `${subject} is in another region than ${at}.`,
        hint: `Give the right region: --region ${failure.region ?? 'REGION'}.`,
      };
    case 'not-found':
      return { message: `${subject} does not exist (${message}).`, hint: 'Check the name and the region.' };
    case 'busy':
      return {
        message: `${service} answered ${status || ''} ${name}, also after retries.`.replace('  ', ' '),
        hint: `Wait a while, and ${again}.`,
      };
    case 'proxy':
      return {
        message: `${place} cannot be reached: ${message}.`,
        hint: `Check HTTPS_PROXY and HTTP_PROXY, and ${again}. NO_PROXY lists hosts that need no proxy.`,
      };
    case 'untrusted':
      return {
        message: `${place} shows a certificate that this machine does not trust (${name}).`,
        hint: `If a proxy of your network opens TLS, name the file of its authority in NODE_EXTRA_CA_CERTS, and ${again}.`,
      };
    case 'unreachable':
      return {
        message: `${place} cannot be reached (${name}: ${message}).`,
        hint: `Check the network, the region and --endpoint-url, and ${again}.`,
      };
    default:
      return {
        message: `${service} answered ${status || 'nothing'} ${name}: ${message}`,
        hint: `Look up the code ${name} in the list of ${service}'s errors.`,
      };
  }
}
