import type { Command } from 'commander';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('List the rules of validate: code, severity, name, and what each finds')
    .addHelpText('after', examples('podlaunch rules', 'podlaunch rules --json'))
    .action(async () => {
      const { MEANINGS, severityOfRule } = await import('../validate/rules/index.ts');
      const rows = MEANINGS.map((rule) => ({ ...rule, severity: severityOfRule(rule) }));
      if (cli.json) {
        cli.printJson(
          rows.map(({ code, name, severity, message, why, fix, url }) => ({
            code,
            name,
            severity,
            message,
            why,
            fix,
            url,
          })),
        );
        return;
      }
      const width = Math.max(...rows.map(({ name }) => name.length));
      cli.print(
        rows
          .map(
            ({ code, name, severity, message }) =>
              `${code.padEnd(6)}  ${severity.padEnd(7)}  ${name.padEnd(width)}  ${message}`,
          )
          .join('\n'),
      );
    });
}
