import { type Command, InvalidArgumentError, Option } from 'commander';
import { severitiesOf } from '../pipelines/select-findings.ts';
import type { Selection } from '../validate/selection.ts';

/** Options that say which findings are reported, as commander gives them. */
export interface ReportOptions {
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly severity?: readonly string[];
  readonly strict?: true;
}

/** Adds the options that say which findings are reported. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--ignore <rules>', 'Do not report these: W2001,E30 or names of rules; W is every warning').argParser(
        list,
      ),
    )
    .addOption(new Option('--include <rules>', 'Report these although --ignore has how they begin').argParser(list))
    .addOption(
      new Option('--severity <rule=severity>', 'Report a rule as error, warning or info, may be repeated').argParser(
        severities,
      ),
    )
    .option('--strict', 'Make it an error that something cannot be checked, such as an unknown type of resource');
}

/** What the options say. */
export function selectionFrom({ ignore, include, severity = [], strict }: ReportOptions): Selection {
  return { ignore, include, severity: severitiesOf(severity), strict };
}

/** Adds `A,B` to the values of an option that may be given several times. */
function list(text: string, before: readonly string[] = []): readonly string[] {
  const added = text.split(/[\s,]+/).filter((one) => one !== '');
  if (added.length === 0) throw new InvalidArgumentError('It needs the code of a rule, such as W2001.');
  return [...before, ...added];
}

function severities(text: string, before: readonly string[] = []): readonly string[] {
  const added = list(text);
  if (added.every((one) => /^[^=]+=(?:error|warning|info)$/.test(one))) return [...before, ...added];
  throw new InvalidArgumentError('It must have the form W2001=error, with error, warning or info.');
}
