import type { Command } from 'commander';
import { howToLaunch, linksAsText } from '../launch/render-links.ts';
import { mirrorRegions } from '../pipelines/mirrors.ts';
import { type Released, release, releaseToRegions } from '../pipelines/release.ts';
import { asker } from './ask.ts';
import { askPassphrase } from './ask-passphrase.ts';
import type { Cli } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addReleaseOptions, type PublishCommandOptions, showEvents } from './publish-options.ts';
import { publishedJson, publishedText } from './published.ts';

const WITHOUT_A_BUCKET = `
Without a bucket, with the AWS CLI. VALUE is the output of the same name of a stack before it, and for
CertificateArn what podlaunch certificate create --import prints. After the first stack run the line that its output
CopyScriptsCommand shows; after the second make the bind account and the groups (docs/by-hand.md).`;

export function define(command: Command, cli: Cli): void {
  const { cwd, env } = cli.io;
  addReleaseOptions(command)
    .description('All in one: compile, check, publish, and print how to launch')
    .addHelpText('after', examples('podlaunch release', 'podlaunch release --to s3://my-bucket/podlaunch'))
    .action(async () => {
      const options = command.optsWithGlobals<PublishCommandOptions>();
      const config = await configuration(cli, options.config);
      const regions = mirrorRegions(config, options);
      const display = progress(cli.io, 'Compiling');
      const confirm = options.yes ? undefined : asker(cli, display);
      const settings = {
        ...{ ...options, cwd, env, onEvent: showEvents(display, cli.io), ...askPassphrase(cli, display) },
        ...(confirm && { confirm }),
      };
      const released = await (regions
        ? releaseToRegions(config, { ...settings, regions })
        : release(config, settings).then((one) => [one])
      ).finally(display.done);
      await cli.answer({
        json: () => {
          const all = released.map(({ links, deploy, ...one }) => ({
            ...publishedJson(one, options.dryRun),
            ...{ links, deploy },
          }));
          return regions ? { regions: all } : all[0]!;
        },
        text: () => released.map((one) => releasedText(cli, one, options.dryRun)).join('\n'),
        diagnostics: released.flatMap(({ diagnostics }) => diagnostics),
      });
    });
}

function releasedText(cli: Cli, released: Released, dryRun = false): string {
  const { links, deploy, placeholder } = released;
  const withoutBucket = placeholder
    ? `\nThese links work once the release is in a bucket: podlaunch release --to s3://YOUR-BUCKET\n${[WITHOUT_A_BUCKET, ...deploy].join('\n')}`
    : '';
  return `${publishedText(cli, released, dryRun)}\nLinks that open the form of each stack. ${howToLaunch(links)}\n${linksAsText(links)}${withoutBucket}`;
}
