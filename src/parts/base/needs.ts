import type { Presence } from '../../aws/conditions.ts';
import { optionalField } from '../../aws/form.ts';
import { remember } from '../../aws/frames.ts';
import type { Given, ParameterOptions } from '../../aws/parameter.ts';
import type { ParameterPattern } from '../../aws/patterns.ts';
import type { Group } from './groups.ts';

declare const gives: unique symbol;

/** How a need is asked for where no part of the stack meets it: a parameter of its name, which ends its label too. */
type Question = Omit<ParameterOptions, 'group'>;

/** What a part needs and asks the launcher for, where no other part gives it. */
export interface Asked<out T> {
  readonly kind: 'asked';
  readonly group: Group;
  readonly question: Question;
  readonly [gives]?: T;
}

/** What a part can do without. `given` names the condition that says whether the launcher gave it. */
export interface Optional<out T> {
  readonly kind: 'optional';
  readonly group: Group;
  readonly question: Question;
  readonly given: string;
  readonly [gives]?: T;
}

/** What a part only passes on, there or not. */
export interface Passed<out T> {
  readonly kind: 'passed';
  readonly group: Group;
  readonly question: Question;
  readonly [gives]?: T;
}

/** What a part passes on that another part gives or asks for. */
export interface Known {
  readonly kind: 'known';
}

/** What only another part can give. */
export interface Made {
  readonly kind: 'made';
}

/** What a part gets for an optional need. */
export interface IfGiven<E> extends PassedOn<E> {
  /** When it is there. True where a part of the stack always gives it. */
  readonly given: Presence;
}

/** What a part gets for a need that it passes on. */
export interface PassedOn<E> {
  /** To be used only where it is there. */
  readonly value: E;
  /** The value, or an empty text where it is not there. */
  readonly orEmpty: E;
}

interface Words {
  readonly group: Group;
  readonly label: string;
  readonly Description: string;
}

/** The id of something that exists, which the console offers in a list. */
export function id<const T extends Exclude<ParameterOptions['Type'], 'String' | 'Number'>>(
  Type: T,
  { group, ...words }: Words,
): Asked<Given<{ Type: T } & ParameterOptions>> {
  return remember({ kind: 'asked', group, question: { Type, ...words } });
}

/** A text with a pattern. */
export function text<T extends string>({ group, ...words }: Words & ParameterPattern): Asked<T> {
  return remember({ kind: 'asked', group, question: { Type: 'String', ...words } });
}

/** A text with a pattern that may be left empty; `given` names the condition that it was not. */
export function optionalText<T extends string>({
  group,
  given,
  ...words
}: Words & ParameterPattern & { readonly given: string }): Optional<T> {
  return remember({ kind: 'optional', group, given, question: { Type: 'String', ...optionalField(words) } });
}

/** A text that a part passes on, and that may be left empty. */
export function passedText<T extends string>({ group, ...words }: Words & ParameterPattern): Passed<T> {
  return remember({ kind: 'passed', group, question: { Type: 'String', ...optionalField(words) } });
}

/** What only another part of the stack can give. */
export const made: Made = { kind: 'made' };

/** What a part passes on of what another part of the stack gives or asks for. */
export const known: Known = { kind: 'known' };
