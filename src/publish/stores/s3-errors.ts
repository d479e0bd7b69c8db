import { awsWords } from '../../cloud/error-words.ts';
import { type AwsFailure, type AwsFault, awsFailure } from '../../cloud/errors.ts';
import { type DiagnosticInput, error } from '../../diagnostics/diagnostic.ts';
import { Refusal } from '../../diagnostics/refusal.ts';
import { type S3Target, targetName } from '../../release/target.ts';

/** What was being done when S3, or the way to it, failed. */
export interface S3Attempt {
  readonly target: S3Target;
  /** As in "could not …": `list the release`. */
  readonly doing: string;
  /** Account that was to own the bucket, where it is known that another one does. */
  readonly owner?: string;
}

type Finding = Pick<DiagnosticInput, 'code' | 'message' | 'hint'>;

/** The code of each fault: a user does something else about each. */
const CODES: Readonly<Record<AwsFault, string>> = {
  'no-credentials': 'PL4040',
  expired: 'PL4041',
  'bad-credentials': 'PL4042',
  denied: 'PL4043',
  'not-found': 'PL4044',
  'wrong-region': 'PL4045',
  clock: 'PL4047',
  unreachable: 'PL4048',
  proxy: 'PL4048',
  untrusted: 'PL4048',
  busy: 'PL4049',
  other: 'PL4053',
};

/** Turns what the AWS SDK threw into a Refusal. */
export function s3Refusal(thrown: unknown, attempt: S3Attempt): Refusal {
  const failure = awsFailure(thrown);
  const finding = ofS3Alone(failure, attempt) ?? ofAnyService(failure, attempt);
  return new Refusal([error({ ...finding, message: `Could not ${attempt.doing}: ${finding.message}` })]);
}

function ofAnyService(failure: AwsFailure, { target }: S3Attempt): Finding {
  const { bucket, prefix, region, endpointUrl } = target;
  const code = CODES[failure.fault];
  const { message, hint } = awsWords(failure, {
    service: 'S3',
    at: endpointUrl ?? region,
    subject: `the bucket ${bucket}`,
    needs: `s3:ListBucket, s3:GetBucketPolicy and s3:GetBucketPublicAccessBlock on the bucket, and s3:GetObject and s3:PutObject on ${bucket}/${prefix}*`,
    again: 'run the command again; it goes on where it stopped',
  });
  if (failure.fault === 'no-credentials') return { code, message, hint: `${hint} A folder needs none: --to ./out.` };
  return { code, message, hint };
}

/** What other services do not answer, or what S3 knows more about; undefined where there is nothing of the kind. */
function ofS3Alone(failure: AwsFailure, { target, owner }: S3Attempt): Finding | undefined {
  const { bucket, region } = target;
  if (owner !== undefined) {
    return {
      code: 'PL4046',
      message: `the bucket ${bucket} does not belong to account ${owner}.`,
      hint: 'Check the name of the bucket: someone else may have taken it. Correct --expected-bucket-owner if the account is wrong.',
    };
  }
  const own = OWN.find(({ is }) => is(failure));
  if (own) return own.finding(target, failure);
  if (failure.fault === 'not-found') {
    return {
      code: 'PL4044',
      message: `the bucket ${bucket} does not exist.`,
      hint: `Correct the name, or make it: podlaunch bucket create --to s3://${bucket} --region ${region}.`,
    };
  }
  return failure.fault === 'wrong-region' ? wrongRegion(failure, target) : undefined;
}

interface Own {
  is(failure: AwsFailure): boolean;
  finding(target: S3Target, failure: AwsFailure): Finding;
}

const OWN: readonly Own[] = [
  {
    is: ({ name }) => name === 'BucketAlreadyExists',
    finding: ({ bucket }) => ({
      code: 'PL4057',
      message: `the name ${bucket} is taken, by another account.`,
      hint: 'Bucket names are shared by all accounts. Choose another: --to s3://ANOTHER-NAME/podlaunch.',
    }),
  },
  {
    is: ({ name }) => name === 'NotImplemented' || name === 'MethodNotAllowed',
    finding: (target) => ({
      code: 'PL4050',
      message: `${targetName(target)} does not know writes that need a key to be free (If-None-Match).`,
      hint: "Publish to AWS's S3, or to another store that has conditional writes.",
    }),
  },
  {
    is: ({ name }) => name === 'ConditionalRequestConflict' || name === 'OperationAborted',
    finding: () => ({
      code: 'PL4051',
      message: 'another publisher writes the same file at this moment.',
      hint: 'Run the command again; it goes on where it stopped.',
    }),
  },
  {
    is: ({ name, status, message }) => name.startsWith('KMS.') || (status === 403 && /\bkms\b/i.test(message)),
    finding: ({ bucket }, { message }) => ({
      code: 'PL4052',
      message: `the key that encrypts ${bucket} may not be used: ${message}`,
      hint: 'Allow kms:GenerateDataKey and kms:Decrypt on the key, or encrypt the bucket with SSE-S3. Nobody reads SSE-KMS objects without credentials.',
    }),
  },
  {
    // S3 names the setting in its answer to a policy that it refuses; the account's settings cannot be seen from the bucket.
    is: ({ status, message }) => status === 403 && /block ?public/i.test(message),
    finding: ({ bucket }) => ({
      code: 'PL4035',
      message: `Block Public Access does not let ${bucket} have a policy for everyone.`,
      hint: 'Turn off BlockPublicPolicy and RestrictPublicBuckets of the account (S3 console, Block Public Access settings for this account), or name an audience: --audience org:o-… or accounts:ID,….',
    }),
  },
];

function wrongRegion({ region: said }: AwsFailure, { bucket, region }: S3Target): Finding {
  const right = said !== region ? said : undefined;
  return {
    code: 'PL4045',
    message: `the bucket ${bucket} is not in ${region}${right ? ` but in ${right}` : ''}.`,
    hint: `Give the bucket's region: --region ${right ?? 'REGION'}${right ? '' : `. To see it: aws s3api get-bucket-location --bucket ${bucket}`}.`,
  };
}
