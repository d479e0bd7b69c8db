// Writes the table of docs/nodes/settings.md: every node setting with its default and what it costs.
import { resolved } from './schema.mjs';

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

const HEAD = '| setting | default | what it does | what it costs |\n| --- | --- | --- | --- |\n';

/** The page with the table renewed; its other words are written by hand. @param {SchemaNode} schema @param {string} page @returns {string} */
export function settingsPage(schema, page) {
  const start = page.indexOf(HEAD);
  const end = page.indexOf('\n\n', start);
  if (start < 0 || end < 0) throw new Error('docs/nodes/settings.md has no table of settings.');
  return `${page.slice(0, start)}${HEAD}${rows(schema, '').join('\n')}${page.slice(end)}`;

  /** @param {SchemaNode} node @param {string} path @returns {string[]} */
  function rows(node, path) {
    const { properties, items, ...about } = resolved(schema, node);
    if (items && resolved(schema, items).properties) return rows(items, `${path}[]`);
    if (!properties) return [row(path, about)];
    return Object.entries(properties).flatMap(([key, child]) => rows(child, path === '' ? key : `${path}.${key}`));
  }
}

/** @param {string} path @param {SchemaNode} about */
function row(path, { default: value, enum: allowed, description = '', 'x-more': more, 'x-cost': cost = '' }) {
  const values = allowed ? `One of ${allowed.map(shown).join(', ')}.` : undefined;
  const meaning = [description, values, more].filter((text) => text !== undefined).join(' ');
  return `| \`${path}\` | ${value === undefined ? '–' : shown(value)} | ${meaning.replaceAll('|', '\\|')} |${cost && ` ${cost}`} |`;
}

/** @param {unknown} value */
function shown(value) {
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
