// Writes the TypeScript types of podlaunch.yaml: each mapping twice, as it is written (Given…) and complete.
import { definitionName, resolved } from './schema.mjs';

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

/**
 * The interfaces of podlaunch.yaml and of its definitions. A definition that is an enum becomes a list and its type,
 * one that is a mapping becomes an interface; what has no default may be missing in the complete configuration too.
 * @param {SchemaNode} schema
 * @returns {string}
 */
export function configTypes(schema) {
  const definitions = Object.entries(schema.definitions ?? {});
  return [
    ...definitions.filter(([, node]) => node.enum).map(([name, node]) => enumType(name, node)),
    ...definitions.filter(([, node]) => node.properties).flatMap(([name, node]) => interfaces(pascal(name), node)),
    ...interfaces('Config', schema),
  ].join('\n\n');

  /** @param {string} name @param {SchemaNode} node */
  function interfaces(name, node) {
    return [
      `${doc(node.description)}export interface ${name} ${mapping(node, '', false)}`,
      `/** ${name} as it is written: what has a default may be left out. */\nexport interface Given${name} ${mapping(node, '', true)}`,
    ];
  }

  /** @param {SchemaNode} node @param {string} indent @param {boolean} given @returns {string} */
  function mapping({ properties = {}, required = [] }, indent, given) {
    const lines = Object.entries(properties).map(([key, node]) => {
      const optional = !required.includes(key) && (given || !isFilledIn(node));
      const about = given ? '' : doc(resolved(schema, node).description, `${indent}  `);
      return `${about}${indent}  readonly ${key}${optional ? '?' : ''}: ${type(node, `${indent}  `, given)};`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }

  /** Whether the complete configuration always has it: it has a default, or is a mapping of keys. @param {SchemaNode} node */
  function isFilledIn(node) {
    const { default: value, properties } = resolved(schema, node);
    return value !== undefined || properties !== undefined;
  }

  /** @param {SchemaNode} node @param {string} indent @param {boolean} given @returns {string} */
  function type(node, indent, given) {
    const whole = resolved(schema, node);
    const name = definitionName(node);
    if (name !== undefined && whole.enum) return pascal(name);
    if (whole.enum) return whole.enum.map(literal).join(' | ');
    if (whole.const !== undefined) return literal(whole.const);
    return [whole.type ?? []]
      .flat()
      .map((one) => {
        if (one === 'object')
          return name === undefined ? mapping(whole, indent, given) : `${given ? 'Given' : ''}${pascal(name)}`;
        if (one === 'array') return listOf(type(whole.items ?? {}, indent, given));
        return one === 'integer' ? 'number' : one;
      })
      .join(' | ');
  }
}

/** @param {string} element */
function listOf(element) {
  return `readonly ${/^[\w.]+$/.test(element) ? element : `(${element})`}[]`;
}

/** NODE_TYPES and NodeType. @param {string} name @param {SchemaNode} node */
function enumType(name, { description, enum: values = [] }) {
  const list = `${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}S`;
  return `${doc(description)}export const ${list} = [${values.map(literal).join(', ')}] as const;
export type ${pascal(name)} = (typeof ${list})[number];`;
}

/** @param {string | undefined} text */
function doc(text, indent = '') {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`;
}

/** @param {unknown} value */
function literal(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/** @param {string} name */
function pascal(name) {
  return name[0]?.toUpperCase() + name.slice(1);
}
