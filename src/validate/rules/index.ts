import type { Severity } from '../../diagnostics/diagnostic.ts';
import { severityOf } from '../model/finding.ts';
import type { Meaning, Rule } from './base/rule.ts';
import { CHECKED } from './checked.ts';
import { WITHOUT_TEMPLATE } from './engines.ts';
import { READING } from './language/reading.ts';
import { combinationMeanings } from './properties/combinations.ts';
import { FORMAT_RULES } from './properties/formats.ts';
import { ID_RULES } from './properties/ids.ts';
import { PRESENCE_RULES } from './properties/presence.ts';
import { THROUGH_FUNCTION_RULES } from './properties/through-functions.ts';
import { VALUE_SCHEMA_RULES } from './properties/values.ts';

/** Every rule of the validator, by subject. */
export const ALL_RULES: readonly Rule[] = [
  ...READING,
  ...CHECKED,
  ...PRESENCE_RULES,
  ...VALUE_SCHEMA_RULES,
  ...ID_RULES,
  ...FORMAT_RULES,
  ...THROUGH_FUNCTION_RULES,
];

/** Every code that `validate` can give, by code. */
export const MEANINGS: readonly Meaning[] = [...ALL_RULES, ...WITHOUT_TEMPLATE, ...others()].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);

/** Rules that come with the schemas, where none above has their code. */
function others(): readonly Meaning[] {
  const codes = new Set(ALL_RULES.map(({ code }) => code));
  return combinationMeanings().filter(({ code }) => !codes.has(code));
}

/** How bad what a rule finds is. */
export function severityOfRule({ code, severity }: Meaning): Severity {
  return severityOf({ code, ...(severity && { severity }) });
}
