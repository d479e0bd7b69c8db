import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { chooseEndpoint } from '../cloud/endpoint.ts';
import { chooseRegion } from '../cloud/region.ts';
import { fails } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { provenanceSignaturePath, templatePath } from '../release/layout.ts';
import { parseTarget, type S3Target, type Target } from '../release/target.ts';
import { templateFile } from '../stacks/stack-name.ts';
import { compareMirrors } from '../verify/compare-mirrors.ts';
import type { VerifiedRelease } from '../verify/verify-release.ts';
import { atPlaces } from './at-places.ts';
import type { Cli, CommandAnswer, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another } from './option-values.ts';
import { progress } from './progress.ts';
import { regionsOption } from './publish-options.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly endpointUrl?: string;
  readonly audience?: string;
  readonly version?: string;
  readonly channel?: string;
  readonly manifest?: string;
  readonly bucket?: string;
  readonly key?: readonly string[];
}

export function define(command: Command, cli: Cli): void {
  command
    .description(
      'Check a release, the release that a launch link leads to, or the bucket of your nodes: signatures and hashes',
    )
    .argument('[what]', 'Launch link or URL of a file of a release, in quotes, or a folder')
    .option('--key <key>', 'File of a public key that must have signed it, or its id; may be repeated', another)
    .option('--manifest <sha256>', 'SHA-256 of the manifest, as the publisher tells it elsewhere')
    .option('--version <version>', 'Release to read')
    .addOption(new Option('--channel <name>', 'Read the release that the channel points at').conflicts('version'))
    .option(
      '--to <place>',
      's3://BUCKET/PREFIX or folder that releases are published to (default: of the configuration)',
    )
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--bucket <name>', 'Bucket of your nodes: the output NodeBucketName of your prerequisites')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .addOption(regionsOption('Check the release of a bucket in each, and compare them').conflicts('manifest'))
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .addHelpText(
      'after',
      examples(
        "podlaunch verify 'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks/create/review?templateURL=…'",
        'podlaunch verify --to s3://my-bucket/podlaunch --channel latest --manifest 0123…cdef',
        'podlaunch verify --to s3://my-bucket/podlaunch --version 1.4.0 --key release-key.pub.pem',
        'podlaunch verify --to s3://my-releases-{region}/podlaunch --regions us-west-2,eu-west-1 --channel latest',
        'podlaunch verify ./copy-of-a-release --key release-key.pub.pem',
        'podlaunch verify --bucket sagemaker-podlaunch-0123456789ab --region us-west-2',
      ),
    )
    .action(async (what: string | undefined) => {
      const options = command.optsWithGlobals<Options>();
      if (options.manifest !== undefined && !/^[0-9a-f]{64}$/i.test(options.manifest))
        command.error('error: --manifest needs the 64 hex digits of a SHA-256');
      if (options.bucket !== undefined) await bucket(options.bucket, options);
      else if (what === undefined) await release(options);
      else if (isFolder(what)) await ofFolder(what, options);
      else if (/^https?:/.test(what) && !what.includes('#')) await ofUrl(what, options);
      else await ofLink(what, options);
    });

  function isFolder(what: string): boolean {
    return statSync(resolve(cli.io.cwd, what), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  async function ofFolder(folder: string, options: Options): Promise<void> {
    const { releaseFolder } = await import('../verify/release-folder.ts');
    const target = releaseFolder(resolve(cli.io.cwd, folder));
    const { version = target.onlyVersion, channel } = options;
    const pin = version === undefined ? { channel: channel ?? 'latest' } : { version };
    await say(await read(target, pin, 'public', options));
  }

  async function ofUrl(url: string, options: Options): Promise<void> {
    const { readReleaseUrl } = await import('../pipelines/release-url.ts');
    const { endpointUrl } = options;
    const other =
      endpointUrl === undefined ? undefined : { endpointUrl, region: chooseRegion(options.region, cli.io.env) };
    const { target, pin } = readReleaseUrl(url, other);
    await say(await read(target, pin, options.audience ?? 'public', options));
  }

  async function say(verified: VerifiedRelease): Promise<void> {
    await cli.answer(answerOf(verified));
  }

  async function release(options: Options): Promise<void> {
    const { version, channel } = options;
    const config = await configuration(cli, options.config);
    const places = choosePlaces(config, options, cli.io);
    if (options.to === undefined && config.publish.to === undefined) throw needsPlace();
    if (places.regions && options.manifest !== undefined)
      command.error('error: --manifest is of one mirror: say --region');
    const pin =
      channel !== undefined || version === undefined ? { channel: channel ?? config.publish.channel } : { version };
    await atPlaces(cli, places, {
      did: 'As its manifest says',
      next: 'Do not hand out links to what is not. Publish the release there again from its source.',
      act: (target) => read(target, pin, options.audience ?? config.publish.audience, options),
      answer: answerOf,
      compare: compareMirrors,
    });
  }

  async function ofLink(link: string, options: Options): Promise<void> {
    const { readLink } = await import('../verify/read-link.ts');
    const { action, target, version, stack, region, stackName, parameters, warnings } = readLink(link);
    const { endpointUrl } = options;
    const place = { ...target, ...(endpointUrl !== undefined && { endpointUrl }) };
    const whole = await read(place, { version }, options.audience ?? 'public', options);
    const { warnings: withdrawn, ...verified } = whole;
    const template = verified.files.find(({ path }) => path === templatePath(templateFile(stack)));
    const found = {
      action,
      bucket: target.bucket,
      stack,
      region,
      stackName,
      parameters,
      templateSha256: template?.sha256,
    };
    await cli.answer({
      json: () => ({ ...verified, link: found }),
      text: () =>
        [
          words(whole),
          `The link ${action === 'create' ? 'makes' : 'updates'} the stack ${stackName} in ${region}, from the bucket ${target.bucket}.`,
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
    target: Target,
    pin: { version: string } | { channel: string },
    audience: string,
    { manifest, key }: Options,
  ) {
    const { verifyRelease } = await import('../verify/verify-release.ts');
    const display = progress(cli.io, 'Reading the release');
    const expected = manifest !== undefined && { manifestSha256: manifest };
    const trusted = key && { trustedKeys: key.map((one) => keyText(cli, one)) };
    return verifyRelease(target, { pin, audience, ...expected, ...trusted }).finally(display.done);
  }
}

function answerOf(verified: VerifiedRelease): CommandAnswer {
  const { warnings: diagnostics, ...found } = verified;
  return { json: () => found, text: () => words(verified), diagnostics };
}

function words({
  version,
  manifestSha256,
  files,
  bill,
  builtBy,
  signedBy,
  provenanceSignedBy,
  trusted,
}: VerifiedRelease): string {
  const from = trusted ? '' : ', which the same place names: compare it with the key in the README of the publisher';
  return [
    `Release ${version}: ${files.length} files are what the manifest says.`,
    `Manifest: SHA-256 ${manifestSha256}`,
    ...(bill
      ? [`Bill of materials: sbom.cdx.json, with ${bill.components} packages and sources that it was built with.`]
      : []),
    ...(builtBy === undefined ? [] : [`Built by ${builtBy}, as provenance.intoto.json says.`]),
    ...signedBy.map((keyId) => `Signed by the key ${keyId}${from}.`),
    ...provenanceSignedBy.map((keyId) => `It signed the provenance, too: ${provenanceSignaturePath(keyId)}`),
  ].join('\n');
}

/** The text of a public key, or its id. */
function keyText({ io }: Cli, given: string): string {
  if (/^[0-9a-f]{64}$/i.test(given)) return given;
  try {
    return readFileSync(resolve(io.cwd, given), 'utf8');
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    const hint = 'Name a file that begins with -----BEGIN PUBLIC KEY-----, or the 64 hex digits of its id.';
    throw refuse({ code: 'PL7104', message: `The public key ${given} cannot be read: ${code}.`, hint });
  }
}

function needsPlace(): Error {
  const hint = 'Give a launch link, --to s3://my-bucket/podlaunch, or --bucket NAME.';
  return refuse({ code: 'PL5001', message: 'There is nothing to verify: no link, no place in S3, no bucket.', hint });
}
