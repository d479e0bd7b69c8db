import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { RULES, type RuleInfo } from '../validate/rule-list.ts';
import type { Cli } from './cli-context.ts';

/**
 * Prints the rules of validate, one a line.
 * @param select leaves out findings that are not reported: rules of which that is so are left out too
 */
export function printRules(
  cli: Cli,
  select: (findings: readonly Diagnostic[]) => readonly Diagnostic[] = (findings) => findings,
): void {
  const rules = RULES.flatMap((rule) =>
    select([{ code: rule.code, severity: rule.severity, message: rule.message, path: [], related: [] }]).map(
      ({ severity }): RuleInfo => ({ ...rule, severity }),
    ),
  );
  if (cli.json) {
    cli.printJson(rules.map(({ bad: _, good: __, ...rule }) => rule));
    return;
  }
  const width = Math.max(...rules.map(({ name }) => name.length));
  const line = ({ code, name, severity, message }: RuleInfo) =>
    `${code.padEnd(6)}  ${severity.padEnd(7)}  ${name.padEnd(width)}  ${message}`;
  cli.print(rules.map(line).join('\n'));
}
