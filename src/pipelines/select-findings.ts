import type { Config } from '../config/config.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { Selection } from '../validate/selection.ts';

/** Leaves out of findings what is not to be reported, and changes severities. */
export type Select = (findings: readonly Diagnostic[]) => readonly Diagnostic[];

/**
 * Makes a `Select` of what is said about findings; the later one counts. The table of rules is loaded only where
 * something is said.
 * @param foreign whether codes of cfn-lint that podlaunch does not have are known too
 * @throws Refusal PL3101 where a rule is named that does not exist
 */
export async function selectBy(selections: readonly (Selection | undefined)[], foreign = false): Promise<Select> {
  const said = selections.filter((one) => one !== undefined).filter(saysSomething);
  if (said.length === 0) return (findings) => findings;
  return (await import('../validate/selection.ts')).selector(said, foreign);
}

/** What a configuration says about findings. */
export function selectionOf({ validate }: Config): Selection {
  return { ...validate, severity: severitiesOf(validate.severity) };
}

/** `W2001=error` as an entry; the schema of podlaunch.yaml, or the command line, has looked at the form. */
export function severitiesOf(texts: readonly string[]): Readonly<Record<string, Severity>> {
  return Object.fromEntries(texts.map((text) => text.split('=') as [string, Severity]));
}

function saysSomething({ ignore = [], include = [], severity = {}, strict = false }: Selection): boolean {
  return ignore.length > 0 || include.length > 0 || Object.keys(severity).length > 0 || strict;
}
