import { expect, test } from 'vitest';
import { CONFIG_SCHEMA, resolved, type SchemaNode } from '../../src/config/schema.ts';

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** A row for each key that holds a value; keys of entries of a list are `list[].key`. */
function rows(node: SchemaNode, path: string): string[] {
  const about = resolved(node);
  const inner = about.items ? resolved(about.items).properties : about.properties;
  const below = Object.entries(inner ?? {}).flatMap(([key, child]) =>
    rows(child, `${path}${about.items ? '[]' : ''}.${key}`),
  );
  const { description = '', default: value, examples = [], enum: allowed } = about;
  if (about.properties && value === undefined)
    return [...(path.includes('.') ? [row(path, description, '')] : []), ...below];
  const meaning = allowed ? `${description} One of ${allowed.map(code).join(', ')}.` : description;
  const given = inner ? '' : value === undefined ? `none, such as ${code(examples[0])}` : code(value);
  return [row(path, meaning, given), ...below];
}

function row(path: string, meaning: string, value: string): string {
  return `| \`${path}\` | ${meaning.replaceAll('|', '\\|')} | ${value} |`;
}

test('docs/configuration.md describes every key of podlaunch.yaml (renew it with -u)', async () => {
  const sections = Object.entries(CONFIG_SCHEMA.properties ?? {}).map(([key, node]) => {
    const { title, description } = resolved(node);
    const intro = resolved(node).properties ? `${description}\n\n` : '';
    return `## ${title}\n\n${intro}| key | meaning | default |\n| --- | --- | --- |\n${rows(node, key).join('\n')}\n`;
  });
  const page = `# podlaunch.yaml

Every key may be left out. \`npx podlaunch init\` writes a file with all of them, their defaults and these words; editors that know YAML schemas complete it. A list takes the place of
the default list as a whole. Paths are relative to the file. A fault is reported at its line, with the nearest right name; [its code](diagnostics.md) starts with PL1.

${sections.join('\n')}`;
  await expect(page).toMatchFileSnapshot('../../docs/configuration.md');
});
