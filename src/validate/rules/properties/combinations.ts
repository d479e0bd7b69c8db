import { combinationRules } from '../../schema/combinations.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Meaning } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

/** The rules of cfn-lint's that are schemas: which values of a resource go together. */
export function combinationMeanings(): readonly Meaning[] {
  return combinationRules().map(({ code, title, url }) => ({
    code,
    name: `${code.toLowerCase()}-combination`,
    message: `Values of a resource do not go together. cfn-lint: ${title.replace(/\.$/, '')}.`,
    why: RESOURCE_REFUSED,
    fix: 'Do what the finding says, or change the value that asks for it.',
    url: url.startsWith('https://') ? url : TYPES,
  }));
}
