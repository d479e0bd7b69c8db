import { HISTORY, HISTORY_BYTES } from '../../release/layout.ts';
import { changeFile, readChanging } from '../stores/change-file.ts';
import type { Store } from '../stores/store.ts';
import type { HistoryChange } from './change-history.ts';
import { NO_HISTORY, type ReleaseHistory } from './history.ts';
import { parseHistory } from './parse-history.ts';

const FILE = { key: HISTORY, empty: NO_HISTORY, limit: HISTORY_BYTES, parse: parseHistory } as const;

/**
 * Changes releases.json, or begins it.
 * @returns the history with the change in it
 * @throws Refusal PL4058 for a file that is none, PL4059 when others write it all the time
 */
export async function updateHistory(store: Store, change: HistoryChange): Promise<ReleaseHistory> {
  return changeFile(store, FILE, change);
}

/**
 * Reads releases.json as a publisher; a place without one has an empty history.
 * @throws Refusal PL4058 for a file that is none
 */
export async function storedHistory(store: Store): Promise<ReleaseHistory> {
  return (await readChanging(store, FILE)).value;
}
