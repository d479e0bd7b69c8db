import { isNode, isScalar, parseDocument, visit, type YAMLError } from 'yaml';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { refuse, throwFaults } from '../diagnostics/refusal.ts';
import { spanAt, spanOf, type YamlText } from './yaml-text.ts';

/** How many times an alias may be expanded. */
const MAX_ALIASES = 100;

/**
 * Reads a YAML text.
 * @returns the text with its places, and its data: null where there are only comments
 * @throws Refusal with every fault of the syntax (PL1003, PL1004), or for aliases that expand without measure (PL1005)
 */
export function parseYaml(text: string, file: string): { yaml: YamlText; data: unknown } {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const yaml: YamlText = { file, text, document };
  const faults = [...document.errors, ...document.warnings].map((fault) => syntaxFault(yaml, fault));
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || typeof key.value !== 'string')
        faults.push(badNode(yaml, key, 'A key must be plain text.', 'Put it in quotes.'));
    },
    Alias(_, alias) {
      if (!alias.resolve(document))
        faults.push(badNode(yaml, alias, `Nothing is marked &${alias.source}.`, 'Write the value itself.'));
    },
  });
  throwFaults(faults);
  try {
    return { yaml, data: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown;
    throw refuse({
      code: 'PL1005',
      message: 'The aliases (*name) of this file expand to far more text than the file has.',
      span: spanAt(yaml, []),
      hint: 'Write the values out, without anchors and aliases.',
    });
  }
}

/** What to do about the commonest complaints of the parser. */
const HINTS: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent all keys of a mapping alike, with spaces.',
  MULTIPLE_DOCS: 'Keep one document: delete the line --- and what follows.',
  TAG_RESOLVE_FAILED: 'Write plain values: podlaunch.yaml has no tags.',
};

/** One complaint of the parser. */
function syntaxFault(yaml: YamlText, { code, message, pos: [start, end] }: YAMLError): Diagnostic {
  if (code === 'DUPLICATE_KEY') {
    const key = /^("[^"]*"|'[^']*'|[^:\s]+)/.exec(yaml.text.slice(start))?.[0] ?? '';
    const span = spanOf(yaml, start, start + key.length);
    return error({
      code: 'PL1004',
      message: `The key ${key} appears twice in the same mapping.`,
      span,
      hint: 'Keep one.',
    });
  }
  const hint = HINTS[code] ?? 'Compare the lines around it with what podlaunch init writes.';
  return error({ code: 'PL1003', message: `Not valid YAML: ${message}`, span: spanOf(yaml, start, end), hint });
}

function badNode(yaml: YamlText, node: unknown, message: string, hint: string): Diagnostic {
  const [start, end] = (isNode(node) ? node.range : undefined) ?? [0, 0];
  return error({ code: 'PL1003', message, span: spanOf(yaml, start, end), hint });
}
