import { equals, not, type Presence, when } from '../aws/conditions.ts';
import { form } from '../aws/form.ts';
import type { ParameterHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { GROUPS } from '../parts/base/groups.ts';
import { absent, isGift } from '../parts/base/part.ts';
import { arranged } from './arrange-form.ts';
import { questionsOf } from './questions.ts';
import type { Settings } from './settings.ts';
import type { AnyPart, Stack } from './stack.ts';

/** A name as the parts of a stack find it: given by one of them, or asked for. */
interface Found {
  readonly value: unknown;
  /** Undefined where nobody wanted to know of a parameter that may be left empty. */
  readonly given: Presence | undefined;
  readonly orEmpty: unknown;
  readonly description?: string | undefined;
  /** The part that gave it. */
  readonly part?: AnyPart;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Makes the parts of a stack in a template: first the form, group by group, then each part in the order of the list,
 * last the outputs. A need that no part gives becomes a parameter of its name.
 * @throws Error for a list that does not fit together, which is a fault of ours (and does not compile: stack.ts)
 */
export function assemble(template: Template, stack: Stack, given: Settings): void {
  const { parts, outputs, form: groups } = stack;
  const settings = { ...given, ...stack.settings };
  const found = new Map<string, Found>();
  const { asked, chosen } = makeForm(template, parts, settings, found);
  if (groups) template.arrange((made) => arranged(made, groups));
  for (const { name, of, check } of parts.flatMap(({ rules }) => rules)) {
    if (of.every((need) => asked.has(need))) template.rule(name, check(Object.fromEntries(asked) as never));
  }
  for (const part of parts) {
    const values = { ...chosen.get(part), ...met(part, found) };
    const made = Object.entries(part.build(template, values as never, settings) as Values);
    for (const [name, value] of made) {
      found.set(name, { ...foundIn(value, (part.gives as Record<string, string>)[name]), part });
    }
  }
  for (const name of outputs) {
    const { value, given = true, description = '', part } = found.get(name)!;
    if (value === undefined) continue;
    template.output(name, { description, value: value as Expression<string>, condition: given }, part);
  }
}

/** Asks for what no part gives, and lets each part ask for what the launcher may choose. */
function makeForm(template: Template, parts: readonly AnyPart[], settings: Settings, found: Map<string, Found>) {
  const given = new Set(parts.flatMap(({ gives }) => Object.keys(gives)));
  const asked = new Map<string, ParameterHandle<unknown>>();
  const chosen = new Map<AnyPart, object>();
  const questions = questionsOf(parts, given);
  for (const group of GROUPS) {
    for (const part of parts) {
      for (const name of Object.keys(part.needs)) if (!asked.has(name)) ask(name);
      if (part.group === group && part.choices) chosen.set(part, part.choices(form(template, group), settings));
    }

    function ask(name: string): void {
      const question = questions.get(name);
      if (question?.group !== group) return;
      const parameter = template.parameter(name, question.parameter, question.source);
      const value = parameter.ref() as Expression<string>;
      const { condition } = question;
      const isThere = condition === undefined ? undefined : template.condition(condition, not(equals(value, '')));
      asked.set(name, parameter);
      found.set(name, { value, given: question.optional ? isThere : true, orEmpty: value });
    }
  }
  return { asked, chosen };
}

/** What a part is built with for its needs. */
function met({ name: part, needs }: AnyPart, found: ReadonlyMap<string, Found>): Values {
  const entries = Object.entries(needs).map(([name, { kind }]) => {
    const entry = found.get(name);
    if (entry === undefined) throw new Error(`${part} needs ${name}, which no part before it gives`);
    const { value, given, orEmpty } = entry;
    if (kind === 'optional') return [name, { value, given, orEmpty }];
    if (kind === 'passed' || kind === 'known') return [name, { value, orEmpty }];
    if (given !== true) throw new Error(`${part} cannot do without ${name}, which is not always there`);
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function foundIn(made: unknown, words: string | undefined): Found {
  if (made === absent) return { value: undefined, given: undefined, orEmpty: '' };
  const { value, given, description = words } = isGift(made) ? made : { value: made, given: true as const };
  const orEmpty = given === true ? value : when(given, value as Expression<string>, '');
  return { value, given, orEmpty, description };
}
