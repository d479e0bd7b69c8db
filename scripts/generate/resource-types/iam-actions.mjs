// The actions of IAM: what a policy may allow or deny, by service.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One line a service: its prefix, and its actions in small letters (IAM does not tell letters apart).
 * @param {string} wheel folder of the unpacked wheel @returns {string}
 */
export function iamActions(wheel) {
  const file = join(wheel, 'cfnlint', 'data', 'AdditionalSpecs', 'Policies.json');
  /** @type {Record<string, {Actions: Record<string, unknown>}>} */
  const services = JSON.parse(readFileSync(file, 'utf8'));
  const lines = Object.entries(services).map(([prefix, { Actions }]) =>
    [prefix, ...Object.keys(Actions).sort()].join(' '),
  );
  return `${lines.sort().join('\n')}\n`;
}
