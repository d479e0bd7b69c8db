import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFiles } from '../files/write-files.ts';
import { INDEX } from '../launch/page/page-file.ts';
import { chooseS3Target } from '../pipelines/choose-target.ts';
import { type PageOptions, page } from '../pipelines/page.ts';
import { type PublishPageOptions, publishMadePage } from '../pipelines/publish-page.ts';
import { objectUrl } from '../release/target.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another } from './option-values.ts';
import { progress } from './progress.ts';

interface MakeOptions extends GlobalOptions, Omit<PageOptions, 'launchRegions' | 'cwd' | 'env'> {
  readonly out: string;
  readonly launchRegion?: readonly string[];
}

interface PublishPageFlags extends GlobalOptions, Pick<PublishPageOptions, 'to' | 'region' | 'endpointUrl'> {
  readonly folder: string;
}

export function define(command: Command, cli: Cli): void {
  command.description('The page that launches a release');
  defineMake(command, cli);
  definePublish(command, cli);
  defineTemplate(command, cli);
}

function defineMake(command: Command, cli: Cli): void {
  command
    .command('make', { isDefault: true })
    .description('Write the page as a folder that any web server serves; without a command, page does this')
    .option('-o, --out <folder>', 'Folder to write to', 'page')
    .option('--to <place>', 's3://BUCKET/PREFIX that releases are published to (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's, to look at the release in")
    .option('--version <version>', 'Release that the page is for (default: the one that the channel points at)')
    .addOption(
      new Option('--channel <name>', 'Channel that the page compares its release with (default: of the configuration)'),
    )
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option(
      '--launch-region <region>',
      'Region to choose from, may be repeated (default: of the configuration)',
      another,
    )
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .addHelpText(
      'after',
      examples(
        'podlaunch page make --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch page --channel stable --launch-region us-east-1 --launch-region eu-west-1 --out site',
      ),
    )
    .action(async (_, self: Command) => {
      const { config: file, out, launchRegion, ...options } = self.optsWithGlobals<MakeOptions>();
      const config = await configuration(cli, file);
      const { cwd, env } = cli.io;
      const display = progress(cli.io, 'Looking at the release');
      const made = await page(config, {
        ...options,
        ...(launchRegion && { launchRegions: launchRegion }),
        cwd,
        env,
      }).finally(display.done);
      writeFiles(made.files.map(({ path, bytes }) => ({ path: join(resolve(cwd, out), path), content: bytes })));
      const files = made.files.map(({ path, bytes, sha256 }) => ({
        path: join(out, path),
        bytes: bytes.length,
        sha256,
      }));
      await cli.answer({
        json: () => ({ version: made.version, manifestSha256: made.manifestSha256, files }),
        text: () =>
          `${files.map(({ path, bytes }) => `${path}  ${bytes} bytes`).join('\n')}\nThe page of release ${made.version}: open ${join(out, INDEX)}`,
        diagnostics: made.diagnostics,
      });
    });
}

function definePublish(command: Command, cli: Cli): void {
  command
    .command('publish')
    .description('Upload a page to a bucket of its own')
    .option('--folder <folder>', 'Folder that page has written', 'page')
    .option('--to <place>', 's3://BUCKET of the page; not that of the releases (default: page.to of the configuration)')
    .option('--region <region>', "The page's bucket's region (default: as for publish)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .addHelpText('after', examples('podlaunch page publish --to s3://my-page --region us-west-2'))
    .action(async (_, self: Command) => {
      const { config: file, ...options } = self.optsWithGlobals<PublishPageFlags>();
      const config = await configuration(cli, file);
      const display = progress(cli.io, 'Uploading the page');
      const { cwd, env } = cli.io;
      const done = await publishMadePage(config, { ...options, cwd, env }).finally(display.done);
      const count = done.written.length;
      await cli.answer({
        json: () => done,
        text: () =>
          count === 0 ? `The page in ${done.place} is this one already.` : `Wrote ${count} files to ${done.place}.`,
      });
    });
}

function defineTemplate(command: Command, cli: Cli): void {
  command
    .command('template')
    .description(
      'Write a CloudFormation template that serves a page: a private bucket, CloudFront, and the headers of the page',
    )
    .option('-o, --out <file>', 'File to write to', 'page-host.yaml')
    .option('--to <place>', 's3://BUCKET/PREFIX of the releases, which the page reads (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .addHelpText('after', examples('podlaunch page template --to s3://my-bucket/podlaunch --region us-west-2'))
    .action(async (_, self: Command) => {
      const {
        config: file,
        out,
        ...options
      } = self.optsWithGlobals<GlobalOptions & { out: string; to?: string; region?: string }>();
      const config = await configuration(cli, file);
      const { cwd, env } = cli.io;
      const { endpointUrl: _e, ...target } = chooseS3Target(config, options, { cwd, env });
      const { pageHost } = await import('../launch/page-host/page-host.ts');
      const { text } = pageHost(objectUrl(target, ''), config.project.name);
      writeFiles([{ path: resolve(cwd, out), content: text }]);
      await cli.answer({
        json: () => ({ file: out, bytes: Buffer.byteLength(text) }),
        text: () =>
          `Wrote ${out}. Next: aws cloudformation deploy --stack-name ${config.project.name}-page --template-file ${out}`,
      });
    });
}
