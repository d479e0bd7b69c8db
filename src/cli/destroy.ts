import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PlannedDestroy } from '../deploy/destroyed.ts';
import { refuse } from '../diagnostics/refusal.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { readLine } from './read-line.ts';

interface Options extends GlobalOptions {
  readonly region?: string;
  readonly stackName?: string;
  readonly data?: true;
  readonly yes?: true;
  readonly answers?: string;
  readonly endpointUrl?: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Delete all stacks in their order. What they keep (files, people) stays without --data')
    .option(
      '--region <region>',
      'Region of the stacks (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .option('--data', 'Remove what stacks keep too: file system, directory, their network. It cannot be had back')
    .option('--answers <file>', 'File that remembers what was kept (default: .podlaunch-deploy.json)')
    .option('-y, --yes', 'Do it without asking')
    .option('--endpoint-url <url>', "Other endpoints than AWS's")
    .addHelpText('after', examples('podlaunch destroy --stack-name physics', 'podlaunch destroy --data'))
    .action(async () => {
      const { answers, yes, config: file, ...options } = command.optsWithGlobals<Options>();
      const { deployDisplay } = await import('./deploy-display.ts');
      const { readRemembered, REMEMBERED } = await import('../deploy/remembered.ts');
      const { destroy } = await import('../pipelines/destroy.ts');
      const { cwd, env } = cli.io;
      if (cli.json) cli.printEvent({ event: 'begun', command: 'destroy' });
      const display = deployDisplay(cli);
      const config = await configuration(cli, file);
      const place = resolve(cwd, answers ?? REMEMBERED);
      const made = await destroy(config, {
        ...{ ...options, env, answers: place, remembered: readRemembered(place), onEvent: display.onEvent },
        agree: (plan) => agree(plan, yes === true),
      }).finally(display.done);
      if (cli.json) cli.printEvent({ event: 'ended', ...made });
      else cli.print(ENDED[made.result](made));
    });

  async function agree(plan: PlannedDestroy, yes: boolean): Promise<boolean> {
    if (cli.json) cli.printEvent({ event: 'planned', ...plan });
    else cli.note(planText(plan));
    if (yes) return true;
    const { stdin, stderr } = cli.io;
    if (cli.json || !stdin.isTTY || !stderr.isTTY)
      throw refuse({
        code: 'PL8507',
        message: `Nobody is at a terminal to agree to ${plan.project} being deleted.`,
        hint: 'Add --yes to do it without a question.',
      });
    stderr.write(`Type ${plan.project} to do this: `);
    return (await readLine(stdin)).trim() === plan.project;
  }
}

function planText({ project, region, steps, stays }: PlannedDestroy): string {
  return [
    `${project} in ${region}:`,
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...(stays.length > 0 ? ['What stays:', ...stays.map((one) => `  ${one}`)] : ['Nothing stays.']),
  ].join('\n');
}

const ENDED: Readonly<Record<'destroyed' | 'declined' | 'nothing', (made: PlannedDestroy) => string>> = {
  destroyed: ({ project, stays }) =>
    [`${project} is deleted.`, ...(stays.length > 0 ? ['What stayed:', ...stays.map((one) => `  ${one}`)] : [])].join(
      '\n',
    ),
  declined: () => 'Nothing was changed.',
  nothing: ({ project, region, stays }) =>
    [`Nothing of ${project} in ${region} is to be deleted.`, ...stays.map((one) => `  ${one}`)].join('\n'),
};
