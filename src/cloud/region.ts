import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The region that is taken where nothing says otherwise. */
const FALLBACK = 'us-west-2';

/**
 * The region that a command works in: the one given (`--region`, else podlaunch.yaml's), else AWS_REGION,
 * AWS_DEFAULT_REGION, the region of the AWS profile, us-west-2. An empty variable counts as none.
 */
export function chooseRegion(given: string | undefined, env: Environment): string {
  return given ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || profileRegion(env) || FALLBACK);
}

/** The region that the AWS CLI's settings give the profile; read here, because the AWS SDK takes longer to load than links to make. */
function profileRegion(env: Environment): string | undefined {
  const profile = env['AWS_PROFILE'] || 'default';
  const file = env['AWS_CONFIG_FILE'] || join(env['HOME'] ?? homedir(), '.aws', 'config');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[\s*(?:profile\s+)?([^\]]*?)\s*\]/.exec(line);
    if (heading) section = heading[1]!;
    const region = /^region\s*=\s*([a-z0-9-]+)\s*$/.exec(line)?.[1];
    if (region !== undefined && section === profile) return region;
  }
  return undefined;
}
