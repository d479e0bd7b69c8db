// Writes the node settings that a launcher may choose, as parameters of a template.
import { choices } from './schema.mjs';

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

/** @param {SchemaNode} settings @returns {string} */
export function nodeParameters(settings) {
  const chosen = Object.entries(choices(settings)).filter(([, node]) => node['x-parameter']);
  const table = Object.fromEntries(chosen.map(([key, node]) => [key, parameter(key, node)]));
  return `/** The node settings that a launcher may choose: what the form says of each. The default is podlaunch.yaml's. */
export const NODE_PARAMETERS = ${JSON.stringify(table, null, 2)} as const;`;
}

/** @param {string} key @param {SchemaNode} node */
function parameter(key, node) {
  const about = { group: node['x-parameter']?.group, label: node.title, Description: node.description };
  const allowed = node.type === 'boolean' ? ['true', 'false'] : node.enum;
  if (allowed) {
    const words = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`;
    return { Type: 'String', ...about, AllowedValues: allowed, ConstraintDescription: words };
  }
  if (node.type !== 'integer') throw new Error(`No template parameter can give the node setting ${key}.`);
  const words = `A number from ${node.minimum} to ${node.maximum}, such as ${node.default}.`;
  return { Type: 'Number', ...about, MinValue: node.minimum, MaxValue: node.maximum, ConstraintDescription: words };
}
