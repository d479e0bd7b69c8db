import { type Diagnostic, error } from '../../diagnostics/diagnostic.ts';
import { isOlder } from '../../release/is-older.ts';
import type { ListedRelease } from './history.ts';

/**
 * Why stacks of one release cannot be updated to another; nothing where they can, or nobody has said.
 * @param from version that the stacks are of
 */
export function updateFaults(from: string, to: Partial<ListedRelease> | undefined): readonly Diagnostic[] {
  const { version, minimumFrom } = to ?? {};
  if (minimumFrom === undefined || !isOlder(from, minimumFrom)) return [];
  return [
    error({
      code: 'PL4064',
      message: `Release ${version} takes updates from ${minimumFrom} on; ${from} is older.`,
      hint: `Update the stacks to ${minimumFrom} first, and then to ${version}.`,
    }),
  ];
}
