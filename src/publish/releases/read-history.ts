import { type Diagnostic, warning } from '../../diagnostics/diagnostic.ts';
import { HISTORY, HISTORY_BYTES } from '../../release/layout.ts';
import type { ReleaseReader } from '../audience/open-reader.ts';
import { NO_HISTORY, type ReleaseHistory } from './history.ts';
import { parseHistory } from './parse-history.ts';

/** releases.json as it was read. */
export interface HistoryRead {
  readonly history: ReleaseHistory;
  /** That it could not be read: then nobody knows what was withdrawn. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads releases.json as launchers read it. Where there is none, as at a place that an older podlaunch made, nothing is
 * known of any release. Without the right to list a bucket S3 says neither whether it is there.
 * @throws Refusal PL4058 for a file that is none
 */
export async function readHistory({ read, url }: ReleaseReader): Promise<HistoryRead> {
  const { status, bytes } = await read(HISTORY, HISTORY_BYTES);
  if (status === 200) return { history: parseHistory(bytes, url(HISTORY)), warnings: [] };
  return { history: NO_HISTORY, warnings: status === 404 ? [] : [unread(url(HISTORY), status)] };
}

function unread(place: string, status: number): Diagnostic {
  return warning({
    code: 'PL4065',
    message: `${place} cannot be read: S3 answers ${status}. Whether a release was withdrawn is not known.`,
    hint: 'Ask its publisher, who can read it: podlaunch releases. The policy that bucket create writes lets the audience read it.',
  });
}

/** That releases.json does not list a release; nothing where it does, or where there is no releases.json. */
export function unlistedWarnings({ releases }: ReleaseHistory, version: string): readonly Diagnostic[] {
  if (releases.length === 0 || releases.some((release) => release.version === version)) return [];
  return [
    warning({
      code: 'PL4065',
      message: `releases.json does not list release ${version}. Whether it was withdrawn is not known.`,
      hint: 'A release is listed before a channel points at it: ask its publisher. podlaunch publish lists one whose publishing was interrupted.',
    }),
  ];
}
