import { CONDITION_FUNCTIONS, RULE_FUNCTIONS, VALUE_FUNCTIONS } from '../../intrinsics.ts';
import type { Json } from '../../template-document.ts';

/** Short form to long form: `!GetAtt` is `Fn::GetAtt`, `!Ref` is `Ref`. */
export const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  [...VALUE_FUNCTIONS, ...CONDITION_FUNCTIONS, ...RULE_FUNCTIONS].map((name) => [`!${name.replace('Fn::', '')}`, name]),
);

/** Tags of YAML's own that CloudFormation knows: they say what a value is anyway. */
export const CORE_TAGS: ReadonlySet<string> = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/** The payload of a short form as its long form has it: `!GetAtt A.B` is `[A, B]`. */
export function payloadOf(name: string, value: Json): Json {
  if (name !== 'Fn::GetAtt' || typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot < 0 ? value : [value.slice(0, dot), value.slice(dot + 1)];
}
