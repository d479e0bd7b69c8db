// Writes docs/configuration.md: every key of podlaunch.yaml in a table.

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

/** @param {SchemaNode} schema without references @returns {string} */
export function configurationPage(schema) {
  const sections = Object.entries(schema.properties ?? {}).map(([key, node]) => {
    const intro = node.properties ? `${node.description}\n\n` : '';
    return `## ${node.title}\n\n${intro}| key | meaning | default |\n| --- | --- | --- |\n${rows(node, key).join('\n')}\n`;
  });
  return `# podlaunch.yaml

Every key may be left out. \`npx podlaunch init\` writes a file with all of them, their defaults and these words; editors that know YAML schemas complete it. A list takes the place of
the default list as a whole. Paths are relative to the file. A fault is reported at its line, with the nearest right name; [its code](diagnostics.md) starts with PL1.

${sections.join('\n')}`;
}

/** A row for each key that has a value; keys of entries of a list are `list[].key`. @param {SchemaNode} node @param {string} path @returns {string[]} */
function rows({ description = '', default: value, examples = [], enum: allowed, properties, items }, path) {
  const keys = items ? items.properties : properties;
  const below = Object.entries(keys ?? {}).flatMap(([key, child]) => rows(child, `${path}${items ? '[]' : ''}.${key}`));
  if (properties && value === undefined) return [...(path.includes('.') ? [row(path, description, '')] : []), ...below];
  const meaning = allowed ? `${description} One of ${allowed.map(code).join(', ')}.` : description;
  const given = keys ? '' : value === undefined ? `none, such as ${code(examples[0])}` : code(value);
  return [row(path, meaning, given), ...below];
}

/** @param {string} path @param {string} meaning @param {string} value */
function row(path, meaning, value) {
  return `| \`${path}\` | ${meaning.replaceAll('|', '\\|')} | ${value} |`;
}

/** @param {unknown} value */
function code(value) {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
