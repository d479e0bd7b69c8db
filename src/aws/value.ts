import type { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';

declare const gives: unique symbol;
declare const idOf: unique symbol;

/**
 * An intrinsic function, with the type of what it gives once CloudFormation has resolved it. The type exists for the
 * compiler only: an expression is cloudform's IntrinsicFunction.
 */
export interface Expression<out T> extends IntrinsicFunction {
  readonly [gives]: T;
}

/** A value, or an expression that gives one. */
export type Value<T> = T | Expression<T>;

/** A list of values, or an expression that gives the whole list. */
export type List<T> = readonly Value<T>[] | Expression<readonly T[]>;

/**
 * A string that identifies something, in cfn-lint's notation: `Id<'AWS::EC2::VPC.Id'>`. It is a string wherever one is
 * asked for, but neither a plain string nor the id of another type of thing will do in its place.
 */
export type Id<Kind extends string> = string & { readonly [idOf]: Kind };

/** Any JSON with expressions in it: for properties whose form the registry leaves open, such as policy documents. */
export type Free =
  | Value<string | number | boolean>
  | Expression<unknown>
  | readonly Free[]
  | { readonly [key: string]: Free };
