import { Composer, type CST, type Document, Parser, type YAMLError } from 'yaml';
import { type Diagnostic, error } from '../../diagnostics/diagnostic.ts';
import type { LineIndex } from './forms/line-index.ts';

/** How deep values may be nested, anchors written out. CloudFormation's own readers give up earlier. */
export const MAX_DEPTH = 200;

/** How many complaints of the parser are shown: the further ones are mostly echoes of the first. */
const MAX_FAULTS = 5;

/** A YAML or JSON text as nodes; without them where it could not be read, and `faults` says why. */
export interface Parsed {
  readonly document: Document.Parsed | undefined;
  readonly faults: readonly Diagnostic[];
}

/**
 * Parses YAML or JSON. All scalars stay text: what they mean is plain-scalar.ts's to say. Nesting is measured before
 * the nodes are made, since that recurses.
 */
export function parse(text: string, lines: LineIndex): Parsed {
  const tokens = [...new Parser().parse(text)];
  const deep = tokens.map(tooDeep).find((token) => token !== undefined);
  if (deep) return { document: undefined, faults: [nestsTooDeep(lines, deep.offset)] };
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const [document, second] = withoutStacks(() => [...new Composer(options).compose(tokens, true, text.length)]);
  const faults = (document?.errors ?? []).map((fault) => syntaxFault(fault, text, lines));
  if (second) faults.push(severalDocuments(lines, second.range[0]));
  return { document, faults: faults.slice(0, MAX_FAULTS) };
}

/** Does work that makes many errors which nobody throws: to note the stack of each takes most of the time. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The first token that lies too deep. Without recursion: the text may have been made to overflow the stack. */
function tooDeep(root: CST.Token): CST.Token | undefined {
  const todo: [CST.Token, number][] = [[root, 0]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [token, depth] = next;
    if (depth > MAX_DEPTH) return token;
    if ('value' in token && token.value) todo.push([token.value, depth]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) todo.push([key, depth + 1]);
      if (value) todo.push([value, depth + 1]);
    }
  }
  return undefined;
}

/** The fault of values that are nested too deep. */
export function nestsTooDeep(lines: LineIndex, offset: number): Diagnostic {
  return error({
    code: 'PL3007',
    message: `Values are nested more than ${MAX_DEPTH} levels deep.`,
    span: lines.span(offset, offset + 1),
    hint: 'Check the brackets, or the indentation.',
  });
}

function severalDocuments(lines: LineIndex, offset: number): Diagnostic {
  return error({
    code: 'E0000',
    message: 'The file contains more than one YAML document.',
    span: lines.span(offset, offset + 1),
    hint: 'Keep one: delete the line --- and what follows.',
  });
}

const HINTS: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent all keys of a mapping alike, with spaces.',
  MULTIPLE_TAGS: 'Two short forms cannot follow each other: write the outer one long, as Fn::Base64: !Sub text.',
  MISSING_CHAR: 'Close the quotes or brackets that were opened before.',
  BLOCK_IN_FLOW: 'A comma or a bracket is missing before this place.',
  BLOCK_AS_IMPLICIT_KEY: 'A value with a colon in it needs quotes.',
  BAD_SCALAR_START: 'Put the value in quotes.',
};

function syntaxFault({ code, message, pos: [start, end] }: YAMLError, text: string, lines: LineIndex): Diagnostic {
  const at = Math.min(start, Math.max(text.length - 1, 0));
  const hint = HINTS[code] ?? 'Compare the indentation, quotes and brackets here with the lines around them.';
  return error({ code: 'E0000', message: `Not valid YAML or JSON: ${message}.`, span: lines.span(at, end), hint });
}
