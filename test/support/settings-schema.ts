import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** Words of the settings' schema that only the generators and the nodes read. */
const OURS = ['x-strictest', 'x-parameter', 'x-more', 'x-cost'];

/** Whether a document keeps to the contract of the node settings, by ajv. */
export function settingsValidator(): ValidateFunction {
  const schema = JSON.parse(readFileSync('lifecycle-scripts/node-settings.schema.json', 'utf8'));
  return new Ajv({ strict: true, allErrors: true }).addVocabulary(OURS).compile(schema);
}
