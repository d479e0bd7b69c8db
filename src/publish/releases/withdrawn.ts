import { type Diagnostic, warning } from '../../diagnostics/diagnostic.ts';
import type { ListedRelease } from './history.ts';

/** What whoever uses a release is told where it was withdrawn; nothing where it was not, or is not listed. */
export function withdrawnWarnings(
  release: Pick<ListedRelease, 'version' | 'withdrawn'> | undefined,
): readonly Diagnostic[] {
  if (!release?.withdrawn) return [];
  const { version, withdrawn } = release;
  return [
    warning({
      code: 'PL4061',
      message: `Release ${version} was withdrawn on ${withdrawn.at.slice(0, 10)}: ${withdrawn.why}`,
      hint: 'Do not launch it. podlaunch releases lists the others.',
    }),
  ];
}
