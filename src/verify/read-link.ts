import { knownRegions } from '../aws/regions.ts';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import { consoleHost } from '../launch/launch-region.ts';
import { isVersion } from '../release/layout.ts';
import { type S3Target, templateUrl } from '../release/target.ts';
import { STACK_NAMES, type StackName, templateFile } from '../stacks/stack-name.ts';

/** Where a launch link or a link for an update leads, and what it fills in. */
export interface ReadLink {
  readonly action: 'create' | 'update';
  readonly target: S3Target;
  readonly version: string;
  readonly stack: StackName;
  /** The region that the stack is or would be in. */
  readonly region: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly warnings: readonly Diagnostic[];
}

/**
 * What only the stacks of the launcher know: their outputs, and what is compiled in. A publisher's link has none of
 * them; the link in a stack's own outputs has.
 */
const NEVER_FILLED_IN =
  /^(?:AdminUser|AdminPublicKey|BastionKeys|Existing\w+|NodeBucketName|ClusterArn|DirectoryId|(?:First|Second)DirectoryAddress|ExecutionRoleArn|(?:Admin|Bind)SecretArn|AuthorityKeySha256|CertificateArn|LdapsHost|UserMetadataAccess|Release\w*|UploaderArn|VpcId|\w*SubnetId|\w*SecurityGroupId|FileSystem(?:DnsName|MountName))$/;

/** What the console does by the route in a link. */
const ROUTES: Readonly<Record<string, ReadLink['action']>> = {
  '#/stacks/create/review': 'create',
  '#/stacks/update/template': 'update',
};

/**
 * Reads a quick-create link, or one for an update: it must lead to AWS's console, and to the template of a release in a bucket of AWS.
 * @throws Refusal PL7001 for anything else
 */
export function readLink(text: string): ReadLink {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [route, query = ''] = url?.hash.split('?') ?? [];
  const given = new URLSearchParams(query);
  const region = url?.searchParams.get('region') ?? '';
  const action = url?.protocol === 'https:' ? ROUTES[route ?? ''] : undefined;
  if (url === undefined || action === undefined)
    throw notALink('it is neither a quick-create link nor one for an update');
  if (!knownRegions().includes(region) || url.host !== consoleHost(region))
    throw notALink(`${url.host} is not the console of AWS for ${JSON.stringify(region)}`);
  const place = templatePlace(given.get('templateURL') ?? '');
  const entries = [...given].filter(([name]) => name.startsWith('param_'));
  const parameters = Object.fromEntries(entries.map(([name, value]) => [name.slice('param_'.length), value]));
  const warnings = Object.keys(parameters)
    .filter((name) => NEVER_FILLED_IN.test(name))
    .map(filledIn);
  const stackName = given.get(action === 'create' ? 'stackName' : 'stackId') ?? '';
  return { action, ...place, region, stackName, parameters, warnings };
}

/** Takes the URL of a template apart, and accepts it only when the parts make the same URL again. */
function templatePlace(url: string): Pick<ReadLink, 'target' | 'version' | 'stack'> {
  const [, bucket, region, path = ''] = /^https:\/\/([a-z0-9-]+)\.s3\.([a-z0-9-]+)\.[a-z.]+\/(.*)$/.exec(url) ?? [];
  const [, prefix = '', version, stack] = /^(.*?)releases\/([^/]+)\/templates\/([a-z-]+)\.yaml$/.exec(path) ?? [];
  if (bucket === undefined || region === undefined || !isVersion(version) || !isStack(stack))
    throw notALink(`${JSON.stringify(url)} is not the template of a release`);
  const target: S3Target = { kind: 's3', bucket, region, prefix: decodeURIComponent(prefix) };
  const same = templateUrl(target, version, templateFile(stack));
  if (!knownRegions().includes(region) || same !== url)
    throw notALink(`${JSON.stringify(url)} is not in a bucket of AWS`);
  return { target, version, stack };
}

function isStack(text: string | undefined): text is StackName {
  return STACK_NAMES.some((stack) => stack === text);
}

function notALink(reason: string): Refusal {
  return refuse({
    code: 'PL7001',
    message: `This does not lead to the template of a release: ${reason}.`,
    hint: 'Give the whole link, in quotes, as it is behind the button. Do not open it if you do not know who made it.',
  });
}

function filledIn(name: string): Diagnostic {
  return warning({
    code: 'PL7003',
    message: `The link fills in ${name}, which only your own stacks know.`,
    hint: 'Trust it only if it is the output NextLink of a stack of yours. From anybody else it may hand the cluster to them.',
  });
}
