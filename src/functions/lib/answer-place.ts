/** What the hosts of AWS end in, by how the names of their regions begin. */
const TOPS = { 'cn-': 'com.cn', 'eusc-': 'eu', '': 'com' };

/**
 * Whether CloudFormation can be waiting for an answer at this URL: it waits in S3, over TLS. Anyone who may invoke a function
 * can make a request with another one. An environment that names another S3 than AWS's (AWS_ENDPOINT_URL_S3,
 * AWS_ENDPOINT_URL) has answers go to its host: whoever sets the environment of a function can change its code too.
 */
export function isAnswerPlace(text: string, env: NodeJS.ProcessEnv = process.env): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  const own = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
  if (own && URL.canParse(own)) return hostname === new URL(own).hostname;
  const region = env['AWS_REGION'] ?? '';
  const [, top] = Object.entries(TOPS).find(([start]) => region.startsWith(start))!;
  // BUCKET.s3, BUCKET.s3-REGION or BUCKET.s3.REGION
  const [, end] = /^[a-z0-9-]+\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.([a-z.]+)$/.exec(hostname) ?? [];
  return protocol === 'https:' && username === '' && end === top;
}
