// Reads cfn-lint's rules that are JSON Schemas of their own (MIT-0): which values of a resource go together.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{code: string, title: string, url: string, places: string[], changes: boolean, file: string}} Rule */
/** @typedef {{code: string, at: string[], schema: any}} Combination */

/** Keywords that look at other resources, or at one value to know what another may be. */
const ELSEWHERE = new Set(['$data', '$lookup', 'cfnGather', 'cfnContext']);

/** A schema that is larger than this says more than it is worth: which database runs on which instance. */
const MAX_SIZE = 150_000;

/** Versions of database engines are out of date within weeks; state machines are a language of their own. */
const LEFT_OUT = /engine_version|^step_functions\//;

/**
 * What cfn-lint says beside the schemas.
 * @param {string} wheel folder of the unpacked wheel
 * @returns {{allAttributes: string[], moreAttributes: Record<string, string[]>, rules: Rule[]}}
 */
export function cfnLintRules(wheel) {
  const script = join(import.meta.dirname, 'cfn_lint_rules.py');
  return JSON.parse(execFileSync('python3', [script, wheel], { encoding: 'utf8', maxBuffer: 10_000_000 }));
}

/**
 * The combinations of each resource type, with the rules that are used.
 * @param {string} wheel folder of the unpacked wheel @param {Rule[]} rules
 * @returns {{byType: Map<string, Combination[]>, used: Rule[]}}
 */
export function combinations(wheel, rules) {
  /** @type {Map<string, Combination[]>} */
  const byType = new Map();
  const used = new Set();
  for (const rule of rules) {
    const places = rule.places.map((place) => /^Resources\/(AWS::\w+::\w+)\/Properties(?:\/(.+))?$/.exec(place));
    if (places.includes(null) || rule.changes || LEFT_OUT.test(rule.file)) continue;
    const written = JSON.parse(
      readFileSync(join(wheel, 'cfnlint', 'data', 'schemas', 'extensions', rule.file), 'utf8'),
    );
    const { description: _, ...regions } = written;
    const schema = 'us-east-1' in regions ? mergedRegions(Object.values(regions)) : written;
    if (schema === undefined || looksElsewhere(schema) || JSON.stringify(schema).length > MAX_SIZE) continue;
    for (const place of places) {
      const [, type = '', path] = place ?? [];
      const of = byType.get(type) ?? [];
      byType.set(type, [...of, { code: rule.code, at: path?.split('/') ?? [], schema }]);
      used.add(rule);
    }
  }
  return { byType, used: [...used] };
}

/**
 * One schema for several regions: what is possible in one of them is possible. Undefined where they differ in more
 * than what is possible.
 * @param {any[]} schemas
 */
function mergedRegions(schemas) {
  const [first] = schemas;
  if (!schemas.every((schema) => Object.keys(schema).join() === 'enum')) return undefined;
  return { ...first, enum: [...new Set(schemas.flatMap((schema) => schema.enum))].sort() };
}

/** @param {any} value @returns {boolean} */
function looksElsewhere(value) {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, inner]) => ELSEWHERE.has(key) || looksElsewhere(inner));
}
