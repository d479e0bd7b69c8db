import type { Command } from 'commander';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('List the rules of validate: code, severity, name, and what each finds')
    .addHelpText('after', examples('podlaunch rules', 'podlaunch rules --json'))
    .action(async () => {
      const { RULES } = await import('../validate/rule-list.ts');
      if (cli.json) {
        cli.printJson(RULES.map(({ bad: _, good: __, ...rule }) => rule));
        return;
      }
      const width = Math.max(...RULES.map(({ name }) => name.length));
      const line = ({ code, name, severity, message }: (typeof RULES)[number]) =>
        `${code.padEnd(6)}  ${severity.padEnd(7)}  ${name.padEnd(width)}  ${message}`;
      cli.print(RULES.map(line).join('\n'));
    });
}
