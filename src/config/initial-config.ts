import { quoteString, writePlainScalar } from '../document/write-scalar.ts';
import { DEFAULTS } from './defaults.ts';
import { CONFIG_SCHEMA, type SchemaNode } from './schema.ts';

/** Comments are folded at this column. */
const WIDTH = 100;

/**
 * The text of a podlaunch.yaml that changes nothing: every key with its default, and above it what the JSON Schema says
 * about it. Keys without a default are comments.
 * @param schema where editors find the JSON Schema: a path or URL
 */
export function initialConfig(schema: string): string {
  const heading = [
    `# yaml-language-server: $schema=${schema}`,
    '# The configuration of podlaunch. These are the defaults: keep what you change, delete the rest.',
  ];
  return [...heading, ...section(CONFIG_SCHEMA, DEFAULTS, '')].join('\n').concat('\n');
}

/** The keys of one mapping. */
function section(node: SchemaNode, values: object, indent: string): string[] {
  const given = values as Readonly<Record<string, unknown>>;
  return Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const lines = entry(key, property, given[key], indent);
    return indent === '' ? ['', ...lines] : lines;
  });
}

function entry(key: string, about: SchemaNode, value: unknown, indent: string): string[] {
  const says = comment(description(about), indent);
  if (value === undefined) return [...says, `${indent}# ${key}: ${oneLine(about.examples?.[0])}`];
  if (typeof value !== 'object' || value === null) return [...says, `${indent}${key}: ${scalar(value)}`];
  if (Array.isArray(value) && !about.items?.properties) return [...says, `${indent}${key}: ${inline(value)}`];
  if (Array.isArray(value)) return [...says, `${indent}${key}:`, ...value.flatMap((item) => listItem(item, indent))];
  if (Object.keys(value).length > 0) return [...says, `${indent}${key}:`, ...section(about, value, `${indent}  `)];
  return [...says, `${indent}# ${key}:`, ...section(about, firstExamples(about), `${indent}#   `)];
}

/** Values for a section of which nothing is set. */
function firstExamples({ properties = {} }: SchemaNode): object {
  return Object.fromEntries(Object.entries(properties).map(([key, node]) => [key, node.examples?.[0]]));
}

/** An entry of a list: a mapping in which each list is on one line. */
function listItem(item: object, indent: string): string[] {
  return Object.entries(item).map(([key, value], i) => {
    return `${indent}  ${i === 0 ? '-' : ' '} ${key}: ${oneLine(value)}`;
  });
}

function oneLine(value: unknown): string {
  return Array.isArray(value) ? inline(value) : scalar(value);
}

function inline(values: readonly unknown[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? quoteString(value) : writePlainScalar(value as number | boolean);
}

function description({ description: text = '', enum: values }: SchemaNode): string {
  return values ? `${text} One of: ${values.join(', ')}.` : text;
}

/** Folds a text into lines of a comment. */
function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}# ${word}`);
  }
  return lines;
}
