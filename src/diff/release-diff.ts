import { isObject } from '../document/intrinsics.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { diffTemplates } from './diff-templates.ts';
import type { TemplateDiff } from './template-diff.ts';

/** Templates and files of one side: a release, a folder, a template or a stack. */
export interface Side {
  /** How messages name it. */
  readonly name: string;
  readonly templates: readonly TemplateDocument[];
  /** SHA-256 of each file beside the templates, by its path. Left out where a side has none to compare. */
  readonly files?: ReadonlyMap<string, string>;
}

/** A template that differs, or is on one side only: then `diff` is left out. */
export interface TemplateChange {
  readonly file: string;
  readonly action: 'add' | 'remove' | 'change';
  readonly diff?: TemplateDiff;
}

/** A file beside the templates that differs. */
export interface FileChange {
  readonly path: string;
  readonly action: 'add' | 'remove' | 'change';
}

/** What differs between two sides. */
export interface ReleaseDiff {
  readonly before: string;
  readonly after: string;
  readonly templates: readonly TemplateChange[];
  readonly files: readonly FileChange[];
}

/** Compares two sides: templates by the names of their files, or with the likest where a side has one alone. */
export function diffSides(before: Side, after: Side): ReleaseDiff {
  return {
    before: before.name,
    after: after.name,
    templates: templateChanges(before.templates, after.templates),
    files: before.files && after.files ? fileChanges(before.files, after.files) : [],
  };
}

function templateChanges(before: readonly TemplateDocument[], after: readonly TemplateDocument[]): TemplateChange[] {
  // A stack, or a template of its own: it has one counterpart on the other side.
  if (before.length === 1) return changeOf(before[0]!, likest(before[0]!, after));
  if (after.length === 1) return changeOf(likest(after[0]!, before), after[0]!);
  const old = new Map(before.map((one) => [one.file, one]));
  const now = new Set(after.map(({ file }) => file));
  return [
    ...after.flatMap((one) => changeOf(old.get(one.file), one)),
    ...before.flatMap((one) => (now.has(one.file) ? [] : changeOf(one, undefined))),
  ];
}

/**
 * The template of several that a template is compared with: the one that has most resources in common with it, and
 * fewest of its own. Two with the same resources are told apart by what their Description calls them.
 */
function likest(template: TemplateDocument, others: readonly TemplateDocument[]): TemplateDocument | undefined {
  const names = resourceNames(template);
  const title = titleOf(template);
  const likeness = (other: TemplateDocument) => {
    const theirs = resourceNames(other);
    return [...theirs].filter((name) => names.has(name)).length / new Set([...names, ...theirs]).size;
  };
  const isCalledSo = (other: TemplateDocument) => Number(titleOf(other) === title);
  return [...others].sort((a, b) => likeness(b) - likeness(a) || isCalledSo(b) - isCalledSo(a))[0];
}

/** The Description without podlaunch's version. */
function titleOf({ value }: TemplateDocument): string {
  return isObject(value) ? String(value['Description']).replace(/^podlaunch \S+ /, '') : '';
}

function resourceNames({ value }: TemplateDocument): ReadonlySet<string> {
  const resources = isObject(value) ? value['Resources'] : undefined;
  return new Set(isObject(resources) ? Object.keys(resources) : []);
}

function changeOf(before: TemplateDocument | undefined, after: TemplateDocument | undefined): TemplateChange[] {
  if (!before || !after) {
    const one = before ?? after;
    return one ? [{ file: one.file, action: before ? 'remove' : 'add' }] : [];
  }
  const diff = diffTemplates(before, after);
  const { file } = after;
  return Object.values(diff).every((entries) => entries.length === 0) ? [] : [{ file, action: 'change', diff }];
}

function fileChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FileChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path): FileChange[] => {
    if (!before.has(path)) return [{ path, action: 'add' }];
    if (!after.has(path)) return [{ path, action: 'remove' }];
    return before.get(path) === after.get(path) ? [] : [{ path, action: 'change' }];
  });
}
