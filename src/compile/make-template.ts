import { stackOf, withoutStacks } from '../aws/frames.ts';
import type { Path, Span } from '../diagnostics/diagnostic.ts';
import type { Json } from '../document/template-document.ts';
import type { Stack } from '../stacks/stack.ts';
import { templateFile } from '../stacks/stack-name.ts';
import type { CompiledTemplate } from './compiled-template.ts';
import { emit } from './emit.ts';
import { longForm, step } from './long-form.ts';
import { type SourceFrame, sourceFrame } from './source-frame.ts';

/**
 * Makes the document of a template's body. `heading` is the comment at the top of the text.
 * @param build makes the body, the same each time: again when a source is asked for
 */
export function makeTemplate<Name extends string>(
  { name, summary }: Pick<Stack<Name>, 'name' | 'summary'>,
  build: () => object,
  heading: string,
): CompiledTemplate<Name> {
  const body = withoutStacks(build);
  const file = templateFile(name);
  const text = emit(body, heading);
  let value: Json | undefined;
  let spans: Map<string, Span> | undefined;
  let remembered: object | undefined;

  return {
    stack: name,
    summary,
    file,
    text,
    get value(): Json {
      value ??= longForm(body);
      return value;
    },
    syntax: [],
    span(path, part = 'value') {
      spans ??= recordSpans(body, heading, file);
      return nearestSpan(spans, path, part) ?? { file, line: 1, column: 1, length: 1 };
    },
    source(path) {
      remembered ??= build();
      return nearestSource(remembered, path);
    },
  };
}

function recordSpans(body: object, heading: string, file: string): Map<string, Span> {
  const spans = new Map<string, Span>();
  emit(body, heading, (path, part, line, column, length) => {
    spans.set(spanKey(path, part), { file, line, column, length: Math.max(length, 1) });
  });
  return spans;
}

function nearestSpan(spans: Map<string, Span>, path: Path, part: 'key' | 'value'): Span | undefined {
  const exact = spans.get(spanKey(path, part)) ?? spans.get(spanKey(path, 'key')) ?? spans.get(spanKey(path, 'value'));
  return exact ?? (path.length === 0 ? undefined : nearestSpan(spans, path.slice(0, -1), 'value'));
}

function spanKey(path: Path, part: 'key' | 'value'): string {
  return `${part} ${JSON.stringify(path)}`;
}

/** The deepest object on the way along the path that remembers where it was written. */
function nearestSource(body: object, path: Path): SourceFrame | undefined {
  const way: unknown[] = [body];
  for (const key of path) way.push(step(way.at(-1), key));
  for (const value of way.reverse()) {
    const stack = typeof value === 'object' && value !== null ? stackOf(value) : undefined;
    const frame = stack === undefined ? undefined : sourceFrame(stack);
    if (frame) return frame;
  }
  return undefined;
}
