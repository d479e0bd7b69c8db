import type { Command } from 'commander';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('List the rules of validate: code, severity, name, and what each finds')
    .addHelpText('after', examples('podlaunch rules', 'podlaunch rules --json'))
    .action(async () => {
      (await import('./print-rules.ts')).printRules(cli);
    });
}
