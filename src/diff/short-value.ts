import { functionOf, isList, textOf } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';

/** As much of a value as a line has room for. */
const ROOM = 60;

/** What is shown of what both have in common before they differ. */
const BEFORE = 12;

/** A value in one line: functions in their short form, `!Ref Vpc`; what is long is cut. */
export function shortValue(value: Json | undefined): string {
  return cut(inOneLine(value));
}

/** Two values in one line each, cut so that what differs is seen. */
export function shortValues(before: Json | undefined, after: Json | undefined): readonly [string, string] {
  const [a, b] = [inOneLine(before), inOneLine(after)];
  const same = sameStart(a, b);
  const from = Math.max(a.length, b.length) <= ROOM || same < ROOM / 2 ? 0 : same - BEFORE;
  return [cut(a, from), cut(b, from)];
}

function cut(text: string, from = 0): string {
  const start = from > 0 ? '…' : '';
  const rest = text.slice(from);
  return start + (rest.length <= ROOM ? rest : `${rest.slice(0, ROOM - 1)}…`);
}

/** How many characters two texts have in common at their start. */
function sameStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function inOneLine(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const call = functionOf(value);
  if (call === undefined) return JSON.stringify(value);
  const { name, argument } = call;
  const isAttribute = name === 'Fn::GetAtt' && isList(argument) && argument.every((item) => typeof item === 'string');
  const shown = isAttribute ? argument.map(textOf).join('.') : argument;
  return `!${name.replace('Fn::', '')} ${typeof shown === 'string' ? shown : inOneLine(shown)}`;
}
