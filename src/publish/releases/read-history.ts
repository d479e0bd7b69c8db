import { HISTORY, HISTORY_BYTES } from '../../release/layout.ts';
import type { ReleaseReader } from '../audience/open-reader.ts';
import { NO_HISTORY, type ReleaseHistory } from './history.ts';
import { parseHistory } from './parse-history.ts';

/**
 * Reads releases.json as launchers read it. Where there is none for them, as at a place that an older podlaunch made,
 * nothing is known of any release.
 * @throws Refusal PL4058 for a file that is none
 */
export async function readHistory({ read, url }: ReleaseReader): Promise<ReleaseHistory> {
  const { status, bytes } = await read(HISTORY, HISTORY_BYTES);
  return status === 200 ? parseHistory(bytes, url(HISTORY)) : NO_HISTORY;
}
