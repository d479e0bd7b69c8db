import { refuse } from '../../diagnostics/refusal.ts';
import { sha256 } from '../../files/sha256.ts';
import { HISTORY } from '../../release/layout.ts';
import { mediaType } from '../../release/media-type.ts';
import type { Store } from '../stores/store.ts';
import type { HistoryChange } from './change-history.ts';
import type { ReleaseHistory } from './history.ts';
import { storedHistory } from './read-history.ts';

/** How often the file is read again because somebody else has written it in between. */
const ATTEMPTS = 10;
/** Milliseconds before it is read again; each time up to that much more, so that two who meet do not meet again. */
const PAUSE = 40;

/**
 * Changes releases.json, or begins it. It is written only over what was read, so that of two who write at once neither
 * loses what the other has recorded.
 * @returns the history with the change in it
 * @throws Refusal PL4058 for a file that is none, PL4059 when others write it all the time
 */
export async function updateHistory(store: Store, change: HistoryChange): Promise<ReleaseHistory> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { value: before, etag } = await storedHistory(store);
    const after = change(before);
    if (after === before || (await store.replace(HISTORY, content(after), etag))) return after;
    await new Promise((waited) => setTimeout(waited, Math.random() * PAUSE * attempt));
  }
  throw refuse({
    code: 'PL4059',
    message: `${store.name}/${HISTORY} was written by others each time that it was to be changed.`,
    hint: 'Run the command again; it goes on where it stopped.',
  });
}

function content(history: ReleaseHistory) {
  const text = `${JSON.stringify(history, null, 2)}\n`;
  return { bytes: new TextEncoder().encode(text), sha256: sha256(text), mediaType: mediaType(HISTORY) };
}
