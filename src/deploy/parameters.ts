import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { valueFault } from '../document/parameter-value.ts';
import type { Json } from '../document/template-document.ts';
import { hasNoEcho, labelsOf, parametersOf, type TemplateParameter } from '../launch/template-parameter.ts';

type Values = Readonly<Record<string, string>>;

/** Where the values of a stack's parameters may come from; the first that has one counts. */
export interface ValueSources {
  /** What the command line gives. */
  readonly given: Values;
  /** What a file or stdin gives: the only way for secrets but a terminal. */
  readonly secrets: Values;
  /** What earlier runs were given. */
  readonly remembered: Values;
  /** Outputs of the stacks before it. */
  readonly outputs: Values;
  /** Names of the parameters that the stack has a value of already. */
  readonly previous: readonly string[];
}

/** A parameter that somebody is asked for. */
export interface AskedValue {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly isSecret: boolean;
  readonly parameter: TemplateParameter;
}

/** What is sent: a value, or the one that the stack has. */
export type Sent = { readonly value: string } | { readonly previous: true };

/** The values of a stack, as far as they are known without asking. */
export interface Decided {
  /** By name; a parameter that keeps its default is not in it. */
  readonly sent: ReadonlyMap<string, Sent>;
  readonly missing: readonly AskedValue[];
}

/** Parameters that publishing compiled in: an update takes the new release's, never the stack's old one. */
const OF_RELEASE = /^Release[A-Z]/;

/** Finds a value for each parameter of a template. */
export function decideValues(template: Json | undefined, sources: ValueSources): Decided {
  const { given, secrets, remembered, outputs, previous } = sources;
  const sent = new Map<string, Sent>();
  const missing: AskedValue[] = [];
  const labels = labelsOf(template);
  for (const [name, parameter] of Object.entries(parametersOf(template))) {
    const isSecret = hasNoEcho(parameter);
    const value = given[name] ?? secrets[name] ?? (isSecret ? undefined : remembered[name]);
    const handedOn = OF_RELEASE.test(name) ? undefined : outputs[name];
    if (value !== undefined || handedOn !== undefined) sent.set(name, { value: (value ?? handedOn)! });
    else if (previous.includes(name) && !OF_RELEASE.test(name)) sent.set(name, { previous: true });
    else if (parameter.Default === undefined) {
      const description = typeof parameter['Description'] === 'string' ? parameter['Description'] : '';
      missing.push({ name, label: labels[name] ?? name, description, isSecret, parameter });
    }
  }
  return { sent, missing };
}

/** Why a value is not one for a parameter, in a sentence; undefined where it is. Of a secret the sentence says nothing. */
export function answerFault({ name, isSecret, parameter }: AskedValue, value: string): string | undefined {
  const fault = valueFault(parameter, value);
  if (fault === undefined) return undefined;
  if (parameter.ConstraintDescription) return parameter.ConstraintDescription;
  return isSecret
    ? `This is not a value for ${name}.`
    : `${JSON.stringify(value)} is not a value for ${name}: it ${fault}.`;
}

/**
 * Checks what the command line gives against all templates that are deployed: a name that none of them has, a value that
 * CloudFormation would refuse, a secret that others can read in the list of processes and in the shell's history.
 */
export function checkGiven(
  templates: readonly { readonly file: string; readonly value: Json | undefined }[],
  { given, secrets }: Pick<ValueSources, 'given' | 'secrets'>,
): readonly Diagnostic[] {
  const all = templates.map(({ file, value }) => ({ file, parameters: parametersOf(value) }));
  const known = [...new Set(all.flatMap(({ parameters }) => Object.keys(parameters)))];
  return Object.entries({ ...secrets, ...given }).flatMap(([name, value]) => {
    const having = all.filter(({ parameters }) => Object.hasOwn(parameters, name));
    if (having.length === 0) {
      const near = nearest(name, known);
      const hint = near === undefined ? `They have: ${known.join(', ')}.` : `Did you mean ${near}?`;
      return [error({ code: 'PL8505', message: `No template that is deployed has a parameter ${name}.`, hint })];
    }
    const isSecret = having.some(({ parameters }) => hasNoEcho(parameters[name]));
    if (isSecret && Object.hasOwn(given, name)) {
      const message = `${name} is not to be seen, but a command line is: by others in the list of processes, and in the shell's history.`;
      return [
        error({
          code: 'PL8511',
          message,
          hint: `Give the file that has it: --param-file ${name}=FILE, or - for stdin.`,
        }),
      ];
    }
    return having.flatMap(({ file, parameters }) => {
      const fault = valueFault(parameters[name]!, value);
      if (fault === undefined) return [];
      const message = isSecret
        ? `${file} does not take the value of ${name}.`
        : `${file} does not take ${JSON.stringify(value)} for ${name}: it ${fault}.`;
      return [
        error({ code: 'PL8505', message, hint: parameters[name]!.ConstraintDescription ?? 'Correct the value.' }),
      ];
    });
  });
}
