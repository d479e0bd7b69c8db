import type { Presence } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { remember } from '../../aws/frames.ts';
import type { ParameterHandle, RuleOptions, Template } from '../../aws/template.ts';
import type { Group } from './groups.ts';
import type { Name, Names, Resolved } from './names.ts';
import type { Asked, IfGiven, Known, Made, Optional, Passed, PassedOn } from './needs.ts';

/** What a part needs, by name: no other type than the name has everywhere. */
export type Needs = {
  readonly [N in Name]?: Made | Known | Asked<Resolved<N>> | Optional<Resolved<N>> | Passed<Resolved<N>>;
};

/** What a part gives, by name, with the words of the output that it can become. */
export type Gives = { readonly [N in Name]?: string };

/** What a part is built with for its needs. */
type Met<N> = {
  readonly [K in keyof N & Name]: N[K] extends Optional<unknown>
    ? IfGiven<Names[K]>
    : N[K] extends Passed<unknown> | Known
      ? PassedOn<Names[K]>
      : Names[K];
};

/** In the place of what a template never has, such as one without a release: it is no output, and a link has it empty. */
export const absent: unique symbol = Symbol('absent');

/** What a part has to return for what it gives. */
type Given<G> = { readonly [K in keyof G & Name]: Names[K] | Gift<Names[K]> | typeof absent };

const GIFT: unique symbol = Symbol('gift');

/** A value that is there only under a condition, or whose output has words of its own. */
export interface Gift<out T> {
  readonly [GIFT]: true;
  readonly value: T;
  readonly given: Presence;
  readonly description?: string;
}

/** Gives a value under a condition, or with other words than `gives` has for its output. */
export function gift<T>(value: T, options: { readonly given?: Presence; readonly description?: string }): Gift<T> {
  return { [GIFT]: true, value, given: true, ...options };
}

/** Whether what a part gave has more said of it. */
export function isGift(value: unknown): value is Gift<unknown> {
  return typeof value === 'object' && value !== null && GIFT in value;
}

/** A rule over parameters that needs have become. It goes with the parameters when a part gives one of them. */
export interface NeedRule<N> {
  readonly name: string;
  readonly of: readonly (keyof N & Name)[];
  readonly check: (parameters: { readonly [K in keyof N & Name]: ParameterHandle<Resolved<K>> }) => RuleOptions;
}

interface Description<SC, SB, C, N, G> {
  readonly name: string;
  /** The group of the form that its choices are in. */
  readonly group?: Group;
  /** What the launcher may choose. */
  readonly choices?: (form: Form, settings: SC) => C;
  /** What it takes: of another part of the stack or, where none gives it, of the launcher. */
  readonly needs?: N;
  readonly rules?: readonly NeedRule<N>[];
  /** Adds to the template, and returns what it gives. */
  readonly build: (template: Template, values: C & Met<N>, settings: SB) => Given<G>;
  /** What other parts may need, and a stack may have as an output. */
  readonly gives?: G;
}

/** A part of a stack. S is what it takes of the settings. */
export interface Part<N = Needs, G = Gives, S = never> {
  readonly name: string;
  readonly group: Group | undefined;
  readonly choices: ((form: Form, settings: S) => object) | undefined;
  readonly needs: N;
  readonly rules: readonly NeedRule<Needs>[];
  readonly build: (template: Template, values: never, settings: S) => object;
  readonly gives: G;
}

/**
 * A part: what the launcher may choose, what it takes, what it makes and what it gives. A name of needs and gives has one
 * type everywhere (names.ts): a part that gives or asks for another does not compile.
 */
export function part<
  SC = unknown,
  SB = unknown,
  C extends object = object,
  const N extends Needs = Record<never, never>,
  const G extends Gives = Record<never, never>,
>({ name, group, choices, needs, rules = [], build, gives }: Description<SC, SB, C, N, G>): Part<N, G, SC & SB> {
  return remember({
    name,
    group,
    choices,
    needs: needs ?? ({} as N),
    rules: rules as readonly NeedRule<never>[] as readonly NeedRule<Needs>[],
    build,
    gives: gives ?? ({} as G),
  });
}
