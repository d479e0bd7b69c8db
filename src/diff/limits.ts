import type { ReleaseDiff } from './release-diff.ts';

/** What a diff must not have: a resource that goes (replaced, removed, refused, or perhaps so), or any difference. */
export type DiffLimit = 'replace' | 'any';

/** Whether a diff has what it must not have. */
export function failsOn({ templates, files }: ReleaseDiff, limit: DiffLimit): boolean {
  if (limit === 'any') return templates.length + files.length > 0;
  return templates.some(
    ({ action, diff }) =>
      action === 'remove' ||
      diff?.resources.some(
        ({ action: one }) => one === 'replace' || one === 'remove' || one === 'refuse' || one === 'toggle',
      ),
  );
}
