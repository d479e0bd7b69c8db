import type { Diagnostic, Fix, Path } from '../diagnostics/diagnostic.ts';
import { isList, isObject } from '../document/intrinsics.ts';
import { readTemplate } from '../document/read/read-template.ts';
import type { Json, TemplateDocument } from '../document/template-document.ts';

/** A correction can uncover the next fault: a right type has properties to check. */
const MAX_ROUNDS = 20;

/** A finding that has a correction. */
type Correctable = Diagnostic & { readonly fix: Fix };

/** A template after its corrections, and what was corrected. */
export interface Corrected {
  readonly document: TemplateDocument;
  readonly corrected: readonly Diagnostic[];
}

/**
 * Writes the corrections of findings into the text of a template: nothing else in it changes. What is then read must
 * differ from before at the places of the findings and nowhere else; a correction of which that is not so is left out.
 * @param check finds what is wrong in a template
 */
export function correctTemplate(
  document: TemplateDocument,
  check: (document: TemplateDocument) => readonly Diagnostic[],
): Corrected {
  let current = document;
  const corrected: Diagnostic[] = [];
  const failed = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const todo = apart(check(current).filter(hasFix)).filter((one) => !failed.has(keyOf(one)));
    if (todo.length === 0) break;
    const together = written(current, todo);
    const done = together ? todo : [];
    current = together ?? current;
    // One of them does not do what it should: each is tried alone.
    for (const one of together ? [] : todo) {
      const next = written(current, [one]);
      if (next) {
        current = next;
        done.push(one);
        break;
      }
      failed.add(keyOf(one));
    }
    corrected.push(...done);
  }
  return { document: current, corrected };
}

function hasFix(finding: Diagnostic): finding is Correctable {
  return finding.fix !== undefined;
}

function keyOf({ code, path, fix }: Correctable): string {
  return JSON.stringify([code, path, fix.text]);
}

/** Corrections of which no two are at the same place, from the first to the last. */
function apart(findings: readonly Correctable[]): readonly Correctable[] {
  const sorted = findings.toSorted(
    (a, b) => a.fix.span.line - b.fix.span.line || a.fix.span.column - b.fix.span.column,
  );
  const kept: Correctable[] = [];
  for (const one of sorted) {
    const last = kept.at(-1)?.fix.span;
    const { line, column } = one.fix.span;
    if (!last || line > last.line || column >= last.column + last.length) kept.push(one);
  }
  return kept;
}

/** The template with corrections; undefined where what is read then differs elsewhere too, or not at each of their places. */
function written(document: TemplateDocument, findings: readonly Correctable[]): TemplateDocument | undefined {
  const lines = document.text.split('\n');
  for (const { fix } of findings.toReversed()) {
    const { line, column, length } = fix.span;
    const whole = lines[line - 1] ?? '';
    lines[line - 1] = whole.slice(0, column - 1) + fix.text + whole.slice(column - 1 + length);
  }
  const next = readTemplate(lines.join('\n'), document.file);
  if (document.value === undefined || next.value === undefined) return undefined;
  const changed = differences(document.value, next.value);
  const belongs = (at: Path, { path }: Correctable): boolean => path.every((key, index) => key === at[index]);
  const isSound =
    changed?.length === findings.length &&
    changed.every((at) => findings.some((one) => belongs(at, one))) &&
    findings.every((one) => changed.some((at) => belongs(at, one)));
  return isSound ? next : undefined;
}

/** Where two values differ: leaves, and keys by their old names; undefined where one has more or fewer than the other. */
function differences(before: Json, after: Json, path: Path = []): readonly Path[] | undefined {
  if (isList(before) && isList(after)) {
    if (before.length !== after.length) return undefined;
    return joined(before.map((item, index) => differences(item, after[index]!, [...path, index])));
  }
  if (isObject(before) && isObject(after)) {
    const keys = Object.keys(before);
    const others = Object.keys(after);
    if (keys.length !== others.length) return undefined;
    return joined(
      keys.map((key, index) => {
        const other = others[index]!;
        const inner = differences(before[key]!, after[other]!, [...path, key]);
        return key === other ? inner : inner && [[...path, key], ...inner];
      }),
    );
  }
  if (typeof before === 'object' || typeof after === 'object') return before === after ? [] : undefined;
  return before === after ? [] : [path];
}

function joined(all: readonly (readonly Path[] | undefined)[]): readonly Path[] | undefined {
  return all.every((one) => one !== undefined) ? all.flat() : undefined;
}
