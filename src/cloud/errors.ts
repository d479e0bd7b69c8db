/** What went wrong, told apart by what a user does about it; `other` is for what the table does not know. */
export type AwsFault = keyof typeof NAMES | 'other';

/**
 * The names of errors, for all services: AWS's common ones, those of S3, of the AWS SDK and of Node's network. Some
 * services end a name in `Exception` and some do not: here none does.
 */
export const NAMES = {
  'no-credentials': [
    'CredentialsProviderError',
    'TokenProviderError',
    'ProviderError',
    'ConfigError',
    'MissingAuthenticationToken',
  ],
  expired: ['ExpiredToken', 'RequestExpired', 'TokenRefreshRequired'],
  'bad-credentials': [
    'InvalidClientTokenId',
    'UnrecognizedClient',
    'InvalidAccessKeyId',
    'InvalidToken',
    'SignatureDoesNotMatch',
    'InvalidSignature',
    'IncompleteSignature',
    'AuthFailure',
    'NotSignedUp',
    'OptInRequired',
  ],
  denied: ['AccessDenied', 'UnauthorizedOperation', 'NotAuthorized', 'AllAccessDisabled', 'Forbidden'],
  clock: ['RequestTimeTooSkewed', 'RequestInTheFuture'],
  'wrong-region': [
    'PermanentRedirect',
    'TemporaryRedirect',
    'AuthorizationHeaderMalformed',
    'IllegalLocationConstraint',
  ],
  'not-found': ['NoSuchBucket', 'NoSuchKey', 'NotFound', 'ResourceNotFound'],
  busy: [
    'Throttling',
    'Throttled',
    'RequestThrottled',
    'RequestLimitExceeded',
    'TooManyRequests',
    'SlowDown',
    'BandwidthLimitExceeded',
    'ServiceUnavailable',
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'RequestTimeout',
  ],
  proxy: ['EPROXY'],
  untrusted: [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
  unreachable: [
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'ETIMEDOUT',
    'TimeoutError',
    'NetworkingError',
    'AbortError',
  ],
} as const;

const FAULTS: ReadonlyMap<string, AwsFault> = new Map(
  Object.entries(NAMES).flatMap(([fault, names]) => names.map((name) => [withoutSuffix(name), fault as AwsFault])),
);

/** Names of Node's network that the table need not list one by one. */
const NETWORK = /^(E[A-Z_]{3,}$|UND_ERR_|CERT_|ERR_TLS|ERR_SSL)/;

/** What errors of the network say that have no name of their own. */
const NETWORK_WORDS = /socket hang up|timed? ?out/i;

/** What is read from something that the AWS SDK threw. */
export interface AwsFailure {
  readonly fault: AwsFault;
  /** The service's own code, the SDK's name of an error, or the operating system's code. */
  readonly name: string;
  /** The first line of what was said. */
  readonly message: string;
  /** The status of the answer; 0 when no answer came. */
  readonly status: number;
  /** The right region, where S3 says it. */
  readonly region?: string;
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

/** Reads what the AWS SDK threw, whatever the service. */
export function awsFailure(thrown: unknown): AwsFailure {
  const { name, Code, code, message, $metadata, Region, $response, cause, errors } = thrown as SdkError;
  const inner = errors?.[0] ?? cause;
  const said = {
    name: code ?? inner?.code ?? Code ?? name ?? 'Error',
    message: (inner?.message || message || String(thrown)).split('\n', 1)[0]!,
    status: $metadata?.httpStatusCode ?? $response?.statusCode ?? 0,
  };
  const region = $response?.headers?.['x-amz-bucket-region'] ?? Region;
  return { ...said, fault: faultOf(said), ...(region !== undefined && { region }) };
}

function faultOf({ name, message, status }: Pick<AwsFailure, 'name' | 'message' | 'status'>): AwsFault {
  if (status === 301 || status === 307) return 'wrong-region';
  const named = FAULTS.get(withoutSuffix(name));
  // The SDK has one name for having no credentials and for having had some.
  if (named === 'no-credentials' && /expired|sso session|refresh/i.test(message)) return 'expired';
  // Services of the query protocol answer a wrong clock as they answer a wrong key.
  if (named === 'bad-credentials' && /signature (expired|not yet current)/i.test(message)) return 'clock';
  if (named) return named;
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status >= 500 || status === 429 || /slow ?down|throttl/i.test(name)) return 'busy';
  return status === 0 && (NETWORK.test(name) || NETWORK_WORDS.test(message)) ? 'unreachable' : 'other';
}

function withoutSuffix(name: string): string {
  return name.replace(/Exception$/, '');
}
