import type { Command } from 'commander';
import { nearest } from '../diagnostics/nearest.ts';
import { refuse } from '../diagnostics/refusal.ts';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Explain a code of a finding: what is wrong, why, what to do, with examples')
    .argument('<code>', 'The code, or the name of a rule: E3002, unknown-property')
    .addHelpText('after', examples('podlaunch explain E3002', 'podlaunch explain PL4044 --json'))
    .action(async (asked: string) => {
      const [{ MEANINGS, severityOfRule }, { describeRule }] = await Promise.all([
        import('../validate/rules/index.ts'),
        import('../validate/rules/describe.ts'),
      ]);
      const rule = MEANINGS.find(({ code, name }) => code === asked.toUpperCase() || name === asked.toLowerCase());
      if (rule && cli.json) {
        const { check: _, ...data } = rule as typeof rule & { readonly check?: unknown };
        cli.printJson({ ...data, severity: severityOfRule(rule) });
        return;
      }
      if (rule) {
        cli.print(describeRule(rule).replace(/^## /, ''));
        return;
      }
      const { allCodes } = await import('./all-codes.ts');
      const codes = await allCodes();
      const code = asked.toUpperCase();
      const message = codes.get(code);
      if (message === undefined)
        throw unknown(asked, [...codes.keys(), ...MEANINGS.flatMap((one) => [one.code, one.name])]);
      if (cli.json) cli.printJson({ code, message });
      else
        cli.print(`${code}\n\n${message}\n\nA finding of this code says what to do. All codes: docs/diagnostics.md.`);
    });
}

function unknown(asked: string, known: readonly string[]): Error {
  const near = nearest(asked, known);
  return refuse({
    code: 'PL0004',
    message: `${asked} is not a code of podlaunch's.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}podlaunch rules lists those of validate.`,
  });
}
