import type { Json } from '../../template-document.ts';

/** A bare YAML scalar as CloudFormation reads it. */
export interface PlainScalar {
  readonly value: Json;
  /** What it is taken for, where that is not what the text looks like. */
  readonly trap?: string;
}

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const YES = /^(?:yes|Yes|YES|on|On|ON)$/;
const NO = /^(?:no|No|NO|off|Off|OFF)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const OCTAL = /^[-+]?0[0-7_]+$/;
const HEX = /^[-+]?0x[0-9a-fA-F_]+$/;
const BINARY = /^[-+]?0b[01_]+$/;
const GROUPED = /^[-+]?[1-9][0-9_]*_[0-9_]*$/;
const SEXAGESIMAL = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const FLOAT = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;

/**
 * Resolves a bare scalar by YAML 1.1 (https://yaml.org/type/), which CloudFormation reads: `on` is true, `010` is 8,
 * `1:30` is 90. Dates stay text, and so do numbers that JavaScript cannot represent exactly, infinities and NaN.
 */
export function readPlainScalar(text: string): PlainScalar {
  if (NULL.test(text)) return { value: null };
  if (TRUE.test(text)) return { value: true };
  if (FALSE.test(text)) return { value: false };
  if (YES.test(text)) return { value: true, trap: 'the boolean true' };
  if (NO.test(text)) return { value: false, trap: 'the boolean false' };
  if (!/^[-+.0-9]/.test(text)) return { value: text };
  if (DECIMAL.test(text)) return { value: isExact(text) ? Number(text) : text };
  if (FLOAT.test(text)) return float(text);
  const value = oddInteger(text);
  return value === undefined ? { value: text } : { value, trap: `the number ${value}` };
}

/** Whether a whole number keeps its digits as a number of JavaScript's. */
function isExact(text: string): boolean {
  return String(Number(text)) === text.replace(/^\+/, '');
}

function float(text: string): PlainScalar {
  const value = Number(text.replaceAll('_', ''));
  return text.includes('_') ? { value, trap: `the number ${value}` } : { value };
}

/** Octal, hexadecimal, binary, sexagesimal, and decimals with underscores. */
function oddInteger(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  if (OCTAL.test(text)) return sign * Number.parseInt(digits, 8);
  if (HEX.test(text)) return sign * Number.parseInt(digits.slice(2), 16);
  if (BINARY.test(text)) return sign * Number.parseInt(digits.slice(2), 2);
  if (GROUPED.test(text)) return sign * Number(digits);
  if (SEXAGESIMAL.test(text)) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return undefined;
}
