import type { Command } from 'commander';
import { writeInitialConfig } from '../config/write-initial-config.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Write a commented podlaunch.yaml whose values are the defaults; nothing is overwritten')
    .addHelpText('after', examples('podlaunch init', 'podlaunch init --config staging.yaml'))
    .action(async () => {
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const file = writeInitialConfig(cli.io.cwd, config);
      await cli.answer({
        json: () => ({ file }),
        text: () => `Wrote ${file}. Next: podlaunch validate${config === undefined ? '' : ` --config ${config}`}`,
      });
    });
}
