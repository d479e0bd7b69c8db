import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import * as Fn from 'cloudform-types/types/functions.js';
import * as Refs from 'cloudform-types/types/refs.js';
import { remember } from './frames.ts';
import type { Expression, List, Value } from './value.ts';

/** Gives an intrinsic function the type of its result, and remembers where it was written. */
export function typed<T>(intrinsic: IntrinsicFunction): Expression<T> {
  return remember(intrinsic) as Expression<T>;
}

/** Pseudo parameters. */
export const accountId: Expression<string> = Refs.AccountId as Expression<string>;
export const region: Expression<string> = Refs.Region as Expression<string>;
export const partition: Expression<string> = Refs.Partition as Expression<string>;
export const urlSuffix: Expression<string> = Refs.URLSuffix as Expression<string>;
export const stackId: Expression<string> = Refs.StackId as Expression<string>;
export const stackName: Expression<string> = Refs.StackName as Expression<string>;
/** Leaves the property out. */
export const noValue: Expression<never> = Refs.NoValue as Expression<never>;

/** A parameter by its name: for a rule of a need over what a part lets the launcher choose. */
export function parameterNamed(name: string): Expression<string> {
  return typed(Fn.Ref(name));
}

export function join(delimiter: string, values: List<string>): Expression<string> {
  return typed(Fn.Join(delimiter, values as string[]));
}

export function split(delimiter: string, text: Value<string>): Expression<readonly string[]> {
  return typed(Fn.Split(delimiter, text));
}

export function base64(text: Value<string>): Expression<string> {
  return typed(Fn.Base64(text));
}

export function select<T>(index: number, list: List<T>): Expression<T> {
  return typed(Fn.Select(index, list as T[]));
}

/** The names of the availability zones of the stack's region. */
export function availabilityZones(): Expression<readonly string[]> {
  return typed(Fn.GetAZs(''));
}

/** `count` subnet blocks of 2^bits addresses each, from the start of the block. cloudform has no Fn::Cidr. */
export function cidr(block: Value<string>, count: number, bits: number): Expression<readonly string[]> {
  return typed(new IntrinsicFunction('Fn::Cidr', [block, count, bits]));
}

/**
 * Says of a value what it identifies. For optional parameters: CloudFormation's typed parameters refuse an empty value, so
 * an optional id comes in as a String whose pattern (or a Rule) proves its form. And for a text of podlaunch.yaml, whose
 * schema proves its form.
 */
export function identifies<Kind extends string>(value: Expression<string>): Expression<Kind>;
export function identifies<Kind extends string>(value: string): Kind;
export function identifies(value: string | Expression<string>): string | Expression<string> {
  return value;
}
