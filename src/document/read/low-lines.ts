import type { LineIndex } from './forms/line-index.ts';
import { type Parsed, parse } from './parse.ts';

/** How many lines are indented at most before the text counts as broken. */
const MAX_LINES = 40;

/** Nodes, and an index whose spans are those of the text as it is written. */
export interface ParsedLeniently extends Parsed {
  readonly lines: LineIndex;
}

/**
 * Parses a text in which quoted text and flow collections may go on at the column of their key, or before it: YAML 1.1,
 * which CloudFormation reads, does not look at indentation there. `yaml` does, so such lines are indented for it, and
 * places are counted back.
 */
export function parseLeniently(text: string, lines: LineIndex): ParsedLeniently {
  const first = parse(text, lines);
  const inserted: (readonly [at: number, count: number])[] = [];
  const mapped: LineIndex = { span: (start, end) => lines.span(before(start, inserted), before(end, inserted)) };
  let parsed = first;
  let changed = text;
  for (let tries = 0; tries < MAX_LINES; tries++) {
    const at = lowLine(parsed, changed);
    if (!at || inserted.some(([before]) => before === at)) break;
    const count = 8 + indentation(changed, changed.lastIndexOf('\n', at - 2) + 1);
    changed = changed.slice(0, at) + ' '.repeat(count) + changed.slice(at);
    inserted.push([at, count]);
    parsed = parse(changed, mapped);
  }
  return inserted.length > 0 && parsed.faults.length === 0 ? { ...parsed, lines: mapped } : { ...first, lines };
}

/** Where a line begins that is too far to the left for `yaml`. */
function lowLine({ document }: Parsed, text: string): number | undefined {
  const [fault] = document?.errors ?? [];
  if (fault?.code === 'BAD_INDENT' && fault.message.startsWith('Flow '))
    return text.lastIndexOf('\n', fault.pos[0] - 1) + 1;
  if (fault?.code !== 'MISSING_CHAR' || !fault.message.includes('quote')) return undefined;
  const next = text.indexOf('\n', fault.pos[0]) + 1;
  return next > 0 && next < text.length ? next : undefined;
}

function indentation(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at - from;
}

/** A place in the text before blanks were put in, one line after the other from its beginning. */
function before(offset: number, inserted: readonly (readonly [at: number, count: number])[]): number {
  return inserted.reduceRight((at, [from, count]) => (at <= from ? at : Math.max(from, at - count)), offset);
}
