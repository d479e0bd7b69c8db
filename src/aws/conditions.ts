import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import * as Fn from 'cloudform-types/types/functions.js';
import { remember } from './frames.ts';
import { typed } from './intrinsics.ts';
import type { Expression, List, Value } from './value.ts';

declare const isCondition: unique symbol;

/** An intrinsic function that is true or false: Fn::Equals, Fn::Not, Fn::And, Fn::Or, and those of Rules. */
export interface ConditionExpression extends IntrinsicFunction {
  readonly [isCondition]: true;
}

/** A condition of the template, by its name. Made by Template.condition. */
export interface Condition {
  readonly conditionName: string;
}

/** Whether something is there: under a condition, or always. */
export type Presence = Condition | true;

type Operand = ConditionExpression | Condition;

export function equals(left: Value<string | number>, right: Value<string | number>): ConditionExpression {
  return made(Fn.Equals(left, right));
}

export function not(operand: Operand): ConditionExpression {
  return made(new IntrinsicFunction('Fn::Not', [written(operand)]));
}

export function and(...operands: readonly Operand[]): ConditionExpression {
  return made(new IntrinsicFunction('Fn::And', operands.map(written)));
}

export function or(...operands: readonly Operand[]): ConditionExpression {
  return made(new IntrinsicFunction('Fn::Or', operands.map(written)));
}

/**
 * Fn::If: `yes` where the condition is true, else `no` (noValue leaves the property out). What is always there is `yes`
 * itself; its type says an expression even then, because nobody who asked whether it is there may rely on a value.
 */
export function when<A, B>(condition: Presence, yes: Value<A>, no: Value<B>): Expression<A | B> {
  return condition === true ? (yes as Expression<A>) : typed(Fn.If(condition.conditionName, yes, no));
}

/** Fn::If over lists. */
export function whenList<A, B>(condition: Condition, yes: List<A>, no: List<B>): Expression<readonly (A | B)[]> {
  return typed(Fn.If(condition.conditionName, yes, no));
}

/** Rules only: whether every member of the list is the value. */
export function eachMemberEquals(list: List<string>, value: Value<string>): ConditionExpression {
  return made(new IntrinsicFunction('Fn::EachMemberEquals', [list, value]));
}

/** Rules only: an attribute of the thing that a parameter identifies, such as a subnet's VpcId. */
export function attributeOf(parameter: { readonly parameterName: string }, attribute: string): Expression<string> {
  return typed(new IntrinsicFunction('Fn::ValueOf', [parameter.parameterName, attribute]));
}

/** Rules only: whether the list contains the value. */
export function contains(list: List<string>, value: Value<string | number>): ConditionExpression {
  return made(new IntrinsicFunction('Fn::Contains', [list, value]));
}

function made(intrinsic: IntrinsicFunction): ConditionExpression {
  return remember(intrinsic) as ConditionExpression;
}

function written(operand: Operand): unknown {
  return 'conditionName' in operand ? { Condition: operand.conditionName } : operand;
}
