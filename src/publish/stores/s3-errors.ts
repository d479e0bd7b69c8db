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

/** Turns what the AWS SDK threw into a Refusal: one code for each thing that a user would do something else about. */
export function s3Refusal(failure: unknown, attempt: S3Attempt): Refusal {
  const facts = factsOf(failure);
  const finding = explain(facts, attempt);
  return new Refusal([error({ ...finding, message: `Could not ${attempt.doing}: ${finding.message}` })]);
}

/** What is read from a failure. */
interface Facts {
  /** S3's own code, the SDK's name of an error, or the operating system's code. */
  readonly name: string;
  readonly message: string;
  /** 0 when no answer came. */
  readonly status: number;
  /** The bucket's region, where S3 says it. */
  readonly region: string | undefined;
}

/** The parts of an error of the AWS SDK, or of Node's network, that tell what happened. */
interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly message?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  readonly cause?: SdkError;
  readonly errors?: readonly SdkError[];
}

function factsOf(failure: unknown): Facts {
  const { name, Code, code, message, $metadata, Region, $response, cause, errors } = failure as SdkError;
  const inner = errors?.[0] ?? cause;
  return {
    name: code ?? inner?.code ?? Code ?? name ?? 'Error',
    message: (inner?.message || message || String(failure)).split('\n', 1)[0]!,
    status: $metadata?.httpStatusCode ?? $response?.statusCode ?? 0,
    region: $response?.headers?.['x-amz-bucket-region'] ?? Region,
  };
}

type Finding = Pick<DiagnosticInput, 'code' | 'message' | 'hint'>;

function explain(facts: Facts, { target, owner }: S3Attempt): Finding {
  const { name, status } = facts;
  const place = targetName(target);
  if (owner !== undefined) {
    return {
      code: 'PL4046',
      message: `the bucket ${target.bucket} does not belong to account ${owner}.`,
      hint: 'Check the name of the bucket: someone else may have taken it. Correct --expected-bucket-owner if the account is wrong.',
    };
  }
  if (status === 301 || status === 307 || REGION_ERRORS.has(name)) return wrongRegion(facts, target);
  const known = KNOWN.find(({ names }) => names.test(name));
  if (known) return known.finding(place, target, facts);
  if (name === 'CredentialsProviderError' || name === 'ConfigError') return credentials(facts);
  if (status === 403 && /\bkms\b/i.test(facts.message)) return KMS.finding(place, target, facts);
  if (status === 403 && /block ?public/i.test(facts.message)) return blockedPolicy(target);
  if (status === 403) return accessDenied(target);
  if (status === 404) return noSuchBucket(target);
  if (status === 0 && UNREACHABLE.test(`${name} ${facts.message}`)) return unreachable(facts, target);
  if (status >= 500 || status === 429 || /slow ?down|throttl/i.test(name)) return busy(facts);
  return {
    code: 'PL4053',
    message: `S3 answered ${status || 'nothing'} ${name}: ${facts.message}`,
    hint: `Look the code ${name} up in the list of S3's errors.`,
  };
}

const REGION_ERRORS = new Set([
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);

const UNREACHABLE =
  /^(E[A-Z]{3,}|UND_ERR_|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|TimeoutError|NetworkingError|AbortError)|socket hang up|timed? ?out/i;

interface Known {
  readonly names: RegExp;
  finding(place: string, target: S3Target, facts: Facts): Finding;
}

const KMS: Known = {
  names: /^KMS\./,
  finding: (_, target, { message }) => ({
    code: 'PL4052',
    message: `the key that encrypts ${target.bucket} may not be used: ${message}`,
    hint: 'Allow kms:GenerateDataKey and kms:Decrypt on the key, or encrypt the bucket with SSE-S3. Nobody reads SSE-KMS objects without credentials.',
  }),
};

const KNOWN: readonly Known[] = [
  {
    names: /^(ExpiredToken(Exception)?|TokenRefreshRequired|ExpiredTokenException|RequestExpired)$/,
    finding: () => expired(),
  },
  {
    names:
      /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|InvalidClientTokenId|UnrecognizedClientException|NotSignedUp)$/,
    finding: (_, __, { message }) => ({
      code: 'PL4042',
      message: `AWS does not know the credentials: ${message}`,
      hint: 'Try them with: aws sts get-caller-identity. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN.',
    }),
  },
  {
    names: /^BucketAlreadyExists$/,
    finding: (_, { bucket }) => ({
      code: 'PL4057',
      message: `the name ${bucket} is taken, by another account.`,
      hint: 'Bucket names are shared by all accounts. Choose another: --to s3://ANOTHER-NAME/podlaunch.',
    }),
  },
  { names: /^NoSuchBucket$/, finding: (_, target) => noSuchBucket(target) },
  {
    names: /^RequestTimeTooSkewed$/,
    finding: () => ({
      code: 'PL4047',
      message: "the clock of this machine is too far from AWS's.",
      hint: 'Set the clock (timedatectl shows it), and run the command again.',
    }),
  },
  {
    names: /^NotImplemented$|^MethodNotAllowed$/,
    finding: (place) => ({
      code: 'PL4050',
      message: `${place} does not know writes that need a key to be free (If-None-Match).`,
      hint: "Publish to AWS's S3, or to another store that has conditional writes.",
    }),
  },
  {
    names: /^(ConditionalRequestConflict|OperationAborted)$/,
    finding: () => ({
      code: 'PL4051',
      message: 'another publisher writes the same file at this moment.',
      hint: 'Run the command again; it goes on where it stopped.',
    }),
  },
  KMS,
];

function credentials({ message }: Facts): Finding {
  if (/expired|sso session|refresh/i.test(message)) return expired();
  return {
    code: 'PL4040',
    message: `there are no AWS credentials (${message}).`,
    hint: 'Sign in with aws sso login or aws configure, or set AWS_PROFILE. A folder needs none: --to ./out.',
  };
}

function expired(): Finding {
  return {
    code: 'PL4041',
    message: 'the AWS credentials have expired.',
    hint: 'Sign in again (aws sso login, or whatever gave you the credentials), and run the command again; it goes on where it stopped.',
  };
}

function accessDenied({ bucket, prefix }: S3Target): Finding {
  return {
    code: 'PL4043',
    message: `access denied on the bucket ${bucket}.`,
    hint: `Publishing needs s3:ListBucket, s3:GetBucketPolicy and s3:GetBucketPublicAccessBlock on the bucket, and s3:GetObject and s3:PutObject on ${bucket}/${prefix}*.`,
  };
}

/** S3 names the setting in its answer to a policy that it refuses; the account's settings are the ones that cannot be seen from the bucket. */
function blockedPolicy({ bucket }: S3Target): Finding {
  return {
    code: 'PL4035',
    message: `Block Public Access does not let ${bucket} have a policy for everyone.`,
    hint: 'Turn off BlockPublicPolicy and RestrictPublicBuckets of the account (S3 console, Block Public Access settings for this account), or name an audience: --audience org:o-… or accounts:ID,….',
  };
}

function noSuchBucket({ bucket, region }: S3Target): Finding {
  return {
    code: 'PL4044',
    message: `there is no bucket ${bucket}.`,
    hint: `Correct the name, or make it: podlaunch bucket create --to s3://${bucket} --region ${region}.`,
  };
}

function wrongRegion(facts: Facts, { bucket, region }: S3Target): Finding {
  const right = facts.region !== region ? facts.region : undefined;
  return {
    code: 'PL4045',
    message: `the bucket ${bucket} does not lie in ${region}${right ? ` but in ${right}` : ''}.`,
    hint: `Give the bucket's region: --region ${right ?? 'REGION'}${right ? '' : `. To see it: aws s3api get-bucket-location --bucket ${bucket}`}.`,
  };
}

function unreachable({ name, message }: Facts, { endpointUrl, region }: S3Target): Finding {
  return {
    code: 'PL4048',
    message: `${endpointUrl ?? `S3 in ${region}`} cannot be reached (${name}: ${message}).`,
    hint: 'Check the network, the region and --endpoint-url, and run the command again; it goes on where it stopped.',
  };
}

function busy({ name, status }: Facts): Finding {
  return {
    code: 'PL4049',
    message: `S3 answered ${status} ${name}, also after retries.`,
    hint: 'Run the command again in a while; it goes on where it stopped.',
  };
}
