import { HISTORY } from '../../release/layout.ts';
import type { ReleaseReader } from '../audience/open-reader.ts';
import type { Store } from '../stores/store.ts';
import { HISTORY_BYTES, NO_HISTORY, type ReleaseHistory } from './history.ts';
import { parseHistory } from './parse-history.ts';

/** A history as a publisher read it; `etag` is undefined when there is no file yet. */
export interface StoredHistory {
  readonly value: ReleaseHistory;
  readonly etag: string | undefined;
}

/**
 * Reads releases.json to change it; a place without one has an empty history.
 * @throws Refusal PL4058 for a file that is none
 */
export async function storedHistory(store: Store): Promise<StoredHistory> {
  const file = await store.get(HISTORY, HISTORY_BYTES);
  if (file === undefined) return { value: NO_HISTORY, etag: undefined };
  const bytes = file === 'larger' ? file : file.bytes;
  return { value: parseHistory(bytes, `${store.name}/${HISTORY}`), etag: file === 'larger' ? undefined : file.etag };
}

/**
 * Reads releases.json as launchers read it. Where there is none for them, as at a place that an older podlaunch made,
 * nothing is known of any release.
 * @throws Refusal PL4058 for a file that is none
 */
export async function readHistory({ read, url }: ReleaseReader): Promise<ReleaseHistory> {
  const { status, bytes } = await read(HISTORY, HISTORY_BYTES);
  return status === 200 ? parseHistory(bytes, url(HISTORY)) : NO_HISTORY;
}
