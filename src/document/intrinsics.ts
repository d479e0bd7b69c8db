import type { Json } from './template-document.ts';

/** Intrinsic functions that give a value. */
export const VALUE_FUNCTIONS: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::GetAZs',
  'Fn::GetStackOutput',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::ToJsonString',
  'Fn::Transform',
]);

/** Functions that give true or false; `Condition` names a condition. */
export const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  'Condition',
  'Fn::And',
  'Fn::Equals',
  'Fn::Not',
  'Fn::Or',
]);

/** Functions that are in Rules alone. */
export const RULE_FUNCTIONS: ReadonlySet<string> = new Set([
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::RefAll',
  'Fn::ValueOf',
  'Fn::ValueOfAll',
]);

/** What Ref gives without a declaration. */
export const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a mapping of keys. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has a key of its own: `constructor` is none. */
export function has(object: object, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** The value of a key that an object has of its own: what a table says of a text, if it has the text. */
export function ownEntry<T>(object: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && has(object, key) ? object[key] : undefined;
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An intrinsic function in a template. */
export interface FunctionCall {
  readonly name: string;
  readonly argument: Json;
}

/** The function that a value is: an object with one key that names a function that gives a value. */
export function functionOf(value: Json | undefined): FunctionCall | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys[0];
  if (keys.length !== 1 || name === undefined || !isValueFunction(name)) return undefined;
  return { name, argument: value[name]! };
}

/** Whether a key is a function that gives a value; `Fn::ForEach::NAME` is one too. */
export function isValueFunction(key: string): boolean {
  return VALUE_FUNCTIONS.has(key) || key.startsWith('Fn::ForEach::');
}

/** Whether a key is a function, wherever it may be. */
export function isAnyFunction(key: string): boolean {
  return isValueFunction(key) || CONDITION_FUNCTIONS.has(key) || RULE_FUNCTIONS.has(key);
}

/** Whether a value is `{"Ref": "AWS::NoValue"}`, which removes what it stands for. */
export function isNoValue(value: Json | undefined): boolean {
  return isObject(value) && value['Ref'] === 'AWS::NoValue';
}

/** The condition of an `Fn::If`, and its branches. */
export type IfParts = readonly [condition: string, then: Json, otherwise: Json];

/** The branches of `Fn::If`, or undefined where the value is something else or has not the right form. */
export function ifParts(value: Json | undefined): IfParts | undefined {
  // Most values are something else: that is said first, without a list of their keys.
  if (!isObject(value) || !has(value, 'Fn::If')) return undefined;
  const call = functionOf(value);
  if (call?.name !== 'Fn::If' || !isList(call.argument)) return undefined;
  const [condition, then, otherwise] = call.argument;
  if (typeof condition !== 'string' || then === undefined || otherwise === undefined) return undefined;
  return [condition, then, otherwise];
}

/**
 * The variables of a Fn::Sub text, in order: `${A.B}` is `A.B`; `${!A}` is text, not a variable. Each character is looked
 * at once: a pattern would start again at every `${` of a text that closes none.
 */
export function subVariables(text: string): readonly string[] {
  const variables: string[] = [];
  let close = -1;
  for (let open = text.indexOf('${'); open >= 0; ) {
    if (close < open) close = text.indexOf('}', open);
    if (close < 0) break;
    const name = text.slice(open + 2, close).trim();
    const isVariable = name !== '' && !name.startsWith('!');
    if (isVariable) variables.push(name);
    open = text.indexOf('${', isVariable ? close + 1 : open + 2);
  }
  return variables;
}

/** A scalar as text, as CloudFormation takes it; anything else as JSON. `String()` would call a `toString` of the template's. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
