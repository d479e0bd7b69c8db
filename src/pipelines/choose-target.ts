import { resolve } from 'node:path';
import { chooseEndpoint } from '../cloud/endpoint.ts';
import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { parseTarget, type S3Target, type Target } from '../release/target.ts';

/** Where releases go without a configuration. */
export const RELEASE_FOLDER = './out';

/** Stands for the region in a place that has a bucket in each. */
const REGION = '{region}';

/** Whether the place has a bucket, or a folder, in each region. In a prefix alone `{region}` makes no other bucket. */
export function isMirrored(
  { publish }: Pick<Config, 'publish'>,
  { to = publish.to }: Pick<TargetOptions, 'to'>,
): boolean {
  return to !== undefined && /^(?:s3:\/\/[^/]*|(?!s3:).*)\{region\}/.test(to);
}

/** What the command line says about the place to publish to; it wins over podlaunch.yaml. */
export interface TargetOptions {
  readonly to?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

/**
 * The place to publish to: of the options, else of podlaunch.yaml, else the folder out/. `{region}` in it is the region;
 * where none is asked for, the first one of podlaunch.yaml.
 * @param env AWS_REGION and the like; AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL count as an endpoint, as they do for the AWS CLI
 * @throws Refusal PL4010 to PL4014, PL4018, PL4019
 */
export function chooseTarget(
  { publish }: Pick<Config, 'publish'>,
  options: TargetOptions,
  { env, cwd }: { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string },
): Target {
  const first = isMirrored({ publish }, options) ? publish.regions?.[0] : undefined;
  const region = chooseRegion(options.region ?? first ?? publish.region, env);
  const target = parseTarget((options.to ?? publish.to ?? RELEASE_FOLDER).replaceAll(REGION, region), {
    region,
    endpointUrl: chooseEndpoint('S3', options.endpointUrl ?? publish.endpointUrl, env),
  });
  return target.kind === 'folder' ? { ...target, folder: resolve(cwd, target.folder) } : target;
}

/**
 * The place to publish to, which must be in S3: links lead there.
 * @throws Refusal PL5001, and as `chooseTarget` does
 */
export function chooseS3Target(
  config: Pick<Config, 'publish'>,
  options: TargetOptions,
  place: Parameters<typeof chooseTarget>[2],
): S3Target {
  const target = chooseTarget(config, options, place);
  if (target.kind === 's3') return target;
  const given = options.to ?? config.publish.to;
  throw refuse({
    code: 'PL5001',
    message:
      given === undefined
        ? 'Links need a place in S3, and none is given.'
        : `CloudFormation cannot read from the folder ${given}.`,
    hint: 'Say where releases are published: --to s3://my-bucket/podlaunch, or publish.to in podlaunch.yaml.',
  });
}
