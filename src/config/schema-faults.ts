import type { ErrorObject } from 'ajv';
import { type Diagnostic, error, type Path } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { kindOf } from '../document/kind.ts';
import { validate } from './generated/validate-config.mjs';
import { schemaAt } from './schema.ts';
import { spanAt, type YamlText } from './yaml-text.ts';

/** Checks data against the JSON Schema of podlaunch.yaml; every fault with its place and the nearest right name. */
export function schemaFaults(data: unknown, yaml: YamlText): readonly Diagnostic[] {
  if (validate(data)) return [];
  return (validate.errors ?? [])
    .filter(isOwn)
    .map((fault) => diagnostic(fault, pathOf(fault.instancePath), data, yaml));
}

/** Not what a branch of anyOf says: the anyOf itself is reported. */
function isOwn({ schemaPath }: ErrorObject): boolean {
  return !/\/anyOf\/\d/.test(schemaPath);
}

function diagnostic(fault: ErrorObject, path: Path, data: unknown, yaml: YamlText): Diagnostic {
  if (fault.keyword === 'additionalProperties') return unknownKey(path, fault.params['additionalProperty'], yaml);
  const value = path.reduce((inner, key) => (inner as Record<string, unknown>)[String(key)], data);
  const about = { path, span: spanAt(yaml, path) };
  if (fault.keyword === 'required') {
    const name = String(fault.params['missingProperty']);
    const hint = advice([...path, name]);
    return error({ code: 'PL1009', message: `${dotted(path)} needs the key ${name}.`, ...about, hint });
  }
  if (fault.keyword === 'type') {
    const wanted = [fault.params['type']]
      .flat()
      .map((type) => TYPES[String(type)] ?? String(type))
      .join(' or ');
    const message = `${dotted(path) || yaml.file} must be ${wanted}, not ${kindOf(value)}.`;
    return error({ code: 'PL1007', message, ...about, hint: typeHint(value, String(fault.params['type']), path) });
  }
  const message = `${dotted(path)} cannot be ${shown(value)}: it ${reason(fault)}.`;
  return error({ code: 'PL1008', message, ...about, hint: enumHint(fault, value) ?? advice(path) });
}

function unknownKey(path: Path, key: string, yaml: YamlText): Diagnostic {
  const known = Object.keys(schemaAt(path)?.properties ?? {});
  const near = nearest(key, known);
  return error({
    code: 'PL1006',
    message: `${dotted(path) || yaml.file} has no key ${JSON.stringify(key)}.`,
    path: [...path, key],
    span: spanAt(yaml, [...path, key], 'key'),
    hint: near === undefined ? `The keys are: ${known.join(', ')}.` : `Did you mean ${near}?`,
  });
}

/** A value in a message, cut to one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Why a value is impossible, to follow "it". */
function reason({ keyword, params }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'minimum':
    case 'maximum':
      return `must be ${params['comparison']} ${params['limit']}`;
    case 'minItems':
    case 'maxItems':
      return `must have ${keyword === 'minItems' ? 'at least' : 'at most'} ${params['limit']} entries`;
    case 'minLength':
    case 'maxLength':
      return `must have ${keyword === 'minLength' ? 'at least' : 'at most'} ${params['limit']} characters`;
    case 'uniqueItems':
      return 'has the same entry twice';
    default:
      return 'does not match the expected format';
  }
}

function enumHint({ keyword, params }: ErrorObject, value: unknown): string | undefined {
  if (keyword !== 'enum') return undefined;
  const allowed = (params['allowedValues'] as unknown[]).map(String);
  const near = allowed.includes(String(value)) ? String(value) : nearest(String(value), allowed);
  if (near === undefined) return undefined;
  return near === String(value) ? `Put it in quotes: "${near}".` : `Did you mean ${near}?`;
}

/** What the schema says about the value, with its first example. */
function advice(path: Path): string {
  const { description = '', examples = [] } = schemaAt(path) ?? {};
  const example = examples[0] === undefined ? '' : ` For example: ${String(examples[0])}`;
  return `${description}${example}`.trim();
}

/** The commonest slip: 1.10 or 111122223333 is a number to YAML, no a boolean, an emptied section nothing. */
function typeHint(value: unknown, wanted: string, path: Path): string {
  if (value === null) return 'Give it a value, or delete the key to use its default.';
  if (wanted === 'string' && typeof value !== 'object') return 'Put it in quotes, or YAML does not read it as text.';
  return advice(path);
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping of keys',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

/** `directory.groups[1].name`; empty for the whole document. */
function dotted(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** The path that a JSON pointer names; indexes are those that lead into a list of the schema. */
function pathOf(pointer: string): Path {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path: (string | number)[] = [];
  for (const key of keys) path.push(schemaAt(path)?.items ? Number(key) : key);
  return path;
}
