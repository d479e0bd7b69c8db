import type { Severity } from '../../diagnostics/diagnostic.ts';
import { severityOf } from '../model/finding.ts';
import { CHECKED } from './checked.ts';
import { CONDITION_RULES } from './conditions.ts';
import { WITHOUT_TEMPLATE } from './engines.ts';
import { FUNCTION_RULES } from './functions.ts';
import { PARAMETER_RULES } from './parameters.ts';
import { PROPERTY_RULES } from './properties.ts';
import { READING } from './reading.ts';
import { RESOURCE_RULES } from './resources.ts';
import type { Meaning, Rule } from './rule.ts';
import { SECRET_RULES } from './secrets.ts';
import { STRUCTURE } from './structure.ts';

/** Every rule of the validator, by subject. */
export const RULES: readonly Rule[] = [
  ...READING,
  ...STRUCTURE,
  ...PARAMETER_RULES,
  ...FUNCTION_RULES,
  ...CONDITION_RULES,
  ...RESOURCE_RULES,
  ...PROPERTY_RULES,
  ...CHECKED,
  ...SECRET_RULES,
];

/** Every code that `validate` can give, by code. */
export const MEANINGS: readonly Meaning[] = [...RULES, ...WITHOUT_TEMPLATE].sort((a, b) => (a.code < b.code ? -1 : 1));

/** How bad what a rule finds is. */
export function severityOfRule({ code, severity }: Meaning): Severity {
  return severityOf({ code, ...(severity && { severity }) });
}
