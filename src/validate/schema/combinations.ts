import { readFileSync } from 'node:fs';
import { schemaFile } from './schema-for.ts';

/** A rule of cfn-lint's that is a schema. */
export interface CombinationRule {
  readonly code: string;
  readonly title: string;
  readonly url: string;
}

/** All of them, in the order of their codes, each once. */
export function combinationRules(): readonly CombinationRule[] {
  return JSON.parse(readFileSync(schemaFile('combinations.json'), 'utf8'));
}
