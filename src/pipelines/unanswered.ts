import { decideValues, type ValueSources } from '../deploy/parameters.ts';
import { nobodyAnswers } from '../deploy/refusals.ts';
import type { StackNow, Stacks } from '../deploy/stacks.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { resolved } from '../document/resolved.ts';
import type { Json } from '../document/template-document.ts';
import { isMade } from './check-deployable.ts';
import { leftOut, outputsBefore, projectStacks } from './deploy-order.ts';
import type { SourceTemplate } from './deploy-source.ts';

type Values = Readonly<Record<string, string>>;

/** The stacks that are deployed, and where their values come from. */
export interface Questioned {
  readonly project: string;
  /** In their order. */
  readonly chosen: readonly SourceTemplate[];
  /** Whether one is left out where what it needs is not made. */
  readonly mayLeaveOut: boolean;
  sourcesOf(name: string): Pick<ValueSources, 'given' | 'secrets' | 'remembered'>;
}

/**
 * What stacks will ask for that nobody is there to type: told before the first of them is made, because one that comes
 * later would stop the others half-way. What an earlier one gives is not asked for.
 * @throws Refusal PL8501
 */
export async function unanswered(stacks: Stacks, questioned: Questioned): Promise<readonly Diagnostic[]> {
  const { project, chosen, mayLeaveOut, sourcesOf } = questioned;
  let there: readonly StackNow[] | undefined;
  const found: Diagnostic[] = [];
  for (const [index, template] of chosen.entries()) {
    const name = `${project}-${template.stack}`;
    const missing = (outputs: Values, previous: readonly string[]) =>
      decideValues(template.value, { ...sourcesOf(name), outputs, previous }).missing;
    const before = chosen.slice(0, index);
    if (missing(Object.assign({}, ...before.map(({ value }) => outputsIn(value))), []).length === 0) continue;
    there ??= await projectStacks(stacks, project);
    const parametersOf = (stack: string) => there!.find((one) => one.name === stack && isMade(one))?.parameters ?? {};
    const coming = before.map(({ stack, value }) => {
      const other = `${project}-${stack}`;
      const { given, remembered } = sourcesOf(other);
      return outputsIn(value, { ...parametersOf(other), ...remembered, ...given });
    });
    const outputs = Object.assign({}, await outputsBefore(stacks, project, template.stack), ...coming);
    if (mayLeaveOut && leftOut(template.stack, outputs) !== undefined) continue;
    const still = missing(outputs, Object.keys(parametersOf(name)));
    if (still.length > 0) found.push(...nobodyAnswers(name, still).diagnostics);
  }
  return found;
}

/** Names of the outputs that a template has: with values, those whose condition they make true. What they are is not known yet. */
function outputsIn(template: Json | undefined, values?: Values): Values {
  const { Outputs = {} } = template as { readonly Outputs?: Readonly<Record<string, { readonly Condition?: string }>> };
  const isThere = (condition: string | undefined) => {
    if (condition === undefined || values === undefined) return true;
    try {
      return resolved(template, { 'Fn::If': [condition, true, false] }, values) === true;
    } catch {
      // A function of CloudFormation that podlaunch does not work out: it may be there.
      return true;
    }
  };
  const names = Object.entries(Outputs).flatMap(([name, { Condition }]) => (isThere(Condition) ? [name] : []));
  return Object.fromEntries(names.map((name) => [name, 'not known yet']));
}
