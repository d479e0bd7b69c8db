import { type Command, Option } from 'commander';
import { chooseEndpoint } from '../cloud/endpoint.ts';
import { chooseRegion } from '../cloud/region.ts';
import { fails } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { chooseTarget } from '../pipelines/choose-target.ts';
import { parseTarget, type S3Target } from '../release/target.ts';
import type { VerifiedRelease } from '../verify/verify-release.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly audience?: string;
  readonly version?: string;
  readonly channel?: string;
  readonly manifest?: string;
  readonly bucket?: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description(
      'Compare hashes: of a release, of the release that a launch link leads to, or of the bucket of your nodes',
    )
    .argument('[link]', 'Launch link, in quotes')
    .option('--manifest <sha256>', 'SHA-256 of the manifest, as the publisher tells it elsewhere')
    .option('--version <version>', 'Release to read')
    .addOption(new Option('--channel <name>', 'Read the release that the channel points at').conflicts('version'))
    .option('--to <place>', 's3://BUCKET/PREFIX that releases are published to (default: of the configuration)')
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--bucket <name>', 'Bucket of your nodes: the output NodeBucketName of your prerequisites')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .addHelpText(
      'after',
      examples(
        "podlaunch verify 'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks/create/review?templateURL=…'",
        'podlaunch verify --to s3://my-bucket/podlaunch --channel latest --manifest 0123…cdef',
        'podlaunch verify --bucket sagemaker-podlaunch-0123456789ab --region us-west-2',
      ),
    )
    .action(async (link: string | undefined) => {
      const options = command.optsWithGlobals<Options>();
      if (options.manifest !== undefined && !/^[0-9a-f]{64}$/i.test(options.manifest))
        command.error('error: --manifest needs the 64 hex digits of a SHA-256');
      if (options.bucket !== undefined) await bucket(options.bucket, options);
      else if (link !== undefined) await ofLink(link, options);
      else await release(options);
    });

  async function release(options: Options): Promise<void> {
    const { version, channel } = options;
    const config = await configuration(cli, options.config);
    const target = chooseTarget(config, options, cli.io);
    if (target.kind === 'folder') throw needsPlace();
    const pin =
      channel !== undefined || version === undefined ? { channel: channel ?? config.publish.channel } : { version };
    const verified = await read(target, pin, options.audience ?? config.publish.audience, options.manifest);
    const { warnings: diagnostics, ...found } = verified;
    await cli.answer({ json: () => found, text: () => words(verified), diagnostics });
  }

  async function ofLink(link: string, options: Options): Promise<void> {
    const { readLink } = await import('../verify/read-link.ts');
    const { target, version, stack, region, stackName, parameters, warnings } = readLink(link);
    const { endpointUrl } = options;
    const place = { ...target, ...(endpointUrl !== undefined && { endpointUrl }) };
    const whole = await read(place, { version }, options.audience ?? 'public', options.manifest);
    const { warnings: withdrawn, ...verified } = whole;
    const template = verified.files.find(({ path }) => path === `templates/${stack}.yaml`);
    const found = { bucket: target.bucket, stack, region, stackName, parameters, templateSha256: template?.sha256 };
    await cli.answer({
      json: () => ({ ...verified, link: found }),
      text: () =>
        [
          words(whole),
          `The link makes the stack ${stackName} in ${region}, from the bucket ${target.bucket}.`,
          `Template ${stack}.yaml: SHA-256 ${found.templateSha256}`,
          ...Object.entries(parameters).map(([name, value]) => `It fills in ${name}: ${value}`),
        ].join('\n'),
      diagnostics: [...withdrawn, ...warnings],
    });
  }

  async function bucket(name: string, options: Options): Promise<void> {
    const region = chooseRegion(options.region, cli.io.env);
    const endpointUrl = chooseEndpoint('S3', options.endpointUrl, cli.io.env);
    const target = parseTarget(`s3://${name}`, { region, ...(endpointUrl && { endpointUrl }) }) as S3Target;
    const { verifyBucket } = await import('../verify/verify-bucket.ts');
    const display = progress(cli.io, 'Comparing the bucket');
    const verified = await verifyBucket(target).finally(display.done);
    if (fails(verified.diagnostics)) cli.exitCode = 1;
    await cli.answer({
      json: () => verified,
      text: () =>
        [
          ...verified.lists.map(({ assetsSha256, files }) => `${assetsSha256}: ${files} files`),
          ...(cli.exitCode === 0 ? [`All files of ${name} are what their lists say.`] : []),
        ].join('\n'),
      diagnostics: verified.diagnostics,
    });
  }

  async function read(
    target: S3Target,
    pin: { version: string } | { channel: string },
    audience: string,
    manifest?: string,
  ) {
    const { verifyRelease } = await import('../verify/verify-release.ts');
    const display = progress(cli.io, 'Reading the release');
    const expected = manifest !== undefined && { manifestSha256: manifest };
    return verifyRelease(target, { pin, audience, ...expected }).finally(display.done);
  }
}

function words({ version, manifestSha256, files }: VerifiedRelease): string {
  return `Release ${version}: ${files.length} files are what the manifest says.\nManifest: SHA-256 ${manifestSha256}`;
}

function needsPlace(): Error {
  const hint = 'Give a launch link, --to s3://my-bucket/podlaunch, or --bucket NAME.';
  return refuse({ code: 'PL5001', message: 'There is nothing to verify: no link, no place in S3, no bucket.', hint });
}
