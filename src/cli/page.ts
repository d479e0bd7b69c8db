import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFiles } from '../files/write-files.ts';
import { INDEX } from '../launch/page/page.ts';
import { type PageOptions, page } from '../pipelines/page.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another } from './option-values.ts';
import { progress } from './progress.ts';

interface MakeOptions extends GlobalOptions, Omit<PageOptions, 'launchRegions' | 'cwd' | 'env'> {
  readonly out: string;
  readonly launchRegion?: readonly string[];
}

export function define(command: Command, cli: Cli): void {
  command.description('The page that launches a release');
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
      });
    });
}
