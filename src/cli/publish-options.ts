import { type Command, Option } from 'commander';
import type { PublishSettings } from '../pipelines/publish.ts';
import type { PublishEvent } from '../publish/events.ts';
import type { PublishPlan } from '../publish/plan.ts';
import type { GlobalOptions } from './cli-context.ts';
import { leftBehind } from './interrupted.ts';
import type { Io } from './io.ts';
import { commaList } from './option-values.ts';
import type { Progress } from './progress.ts';

/** Options of the commands that write to the place that releases are published to. */
export type PublishCommandOptions = GlobalOptions &
  Omit<PublishSettings, 'cwd' | 'env' | 'onEvent' | 'confirm' | 'passphrase' | 'signer' | 'now' | 'minimumFrom'> & {
    readonly yes?: true;
    readonly regions?: readonly string[];
  };

/** The option that names mirrors; `what` is done at each. */
export function regionsOption(what: string): Option {
  const option = new Option('--regions <regions>', `${what}: us-west-2,eu-west-1 ({region} in --to is its region)`);
  return option.conflicts('region').argParser(commaList);
}

/** Options of the commands that change what is published already, at a place or at all mirrors. */
export interface PublishedOptions extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly endpointUrl?: string;
  readonly expectedBucketOwner?: string;
}

/** Adds the options that say where that is; `what` is done at each mirror. */
export function addChangeOptions(command: Command, what: string): Command {
  return command
    .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .addOption(regionsOption(what))
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--expected-bucket-owner <account>', 'Account that must own the bucket');
}

/** Adds the options that say where releases are, and who reads them. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--to <place>', 's3://BUCKET/PREFIX or a folder (default: of the configuration, else the folder out)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--audience <audience>', 'Who must be able to read: public, org:o-… or accounts:ID,… (default: public)')
    .option('--channel <name>', 'Channel to point at the release (default: latest)')
    .option('--expected-bucket-owner <account>', 'Account that must own the bucket');
}

/** Adds the options of the commands that make a release. */
export function addReleaseOptions(command: Command): Command {
  return addTargetOptions(command)
    .addOption(regionsOption('Publish to a bucket in each'))
    .option('--version <version>', 'Version of the release (default: one that changes with each edit)')
    .option('--dry-run', 'Print the plan, write nothing')
    .option('--allow-downgrade', 'Let the channel go back to an older version')
    .option('--yes', 'Do not ask before the first release of a public channel')
    .addOption(new Option('--fail-on <severity>', 'What stops the command').choices(['error', 'warning']));
}

/** Nothing of an unfinished release is announced: it is only there sooner the next time. */
function interruptedAt({ channel: { channel }, before, announced }: PublishPlan): string {
  const now = before.value ? `still points at ${before.value.version}` : 'does not exist yet';
  return announced
    ? ''
    : `Interrupted: the channel ${channel} ${now}. Run the command again; it goes on where it stopped.\n`;
}

/** Shows what publishing tells: each file on a terminal, elsewhere the steps. */
export function showEvents(display: Progress, { stderr }: Io): (event: PublishEvent) => void {
  const count = ({ done, of }: { done: number; of: number }) => (stderr.isTTY ? `: ${done} of ${of} files` : '');
  return (event) => {
    if (event.kind === 'started') display.update('Comparing with what is published');
    if (event.kind === 'planned') {
      display.update('Looking who can read it');
      leftBehind.words = interruptedAt(event.plan);
    }
    if (event.kind === 'announced') leftBehind.words = '';
    if (event.kind === 'uploaded') display.update(`Writing the release${count(event)}`);
    if (event.kind === 'readBack') display.update(`Reading it back${count(event)}`);
  };
}
