import { KEYS } from '../release/layout.ts';
import { KEYS_BYTES, type KeyList, NO_KEYS, parseKeys } from '../sign/trusted-keys.ts';
import type { ReleaseReader } from './audience/open-reader.ts';

/**
 * Reads keys.json as launchers read it. Where there is none for them, the place has no keys.
 * @throws Refusal PL7105 for a file that is none
 */
export async function readKeyList({ read, url }: ReleaseReader): Promise<KeyList> {
  const { status, bytes } = await read(KEYS, KEYS_BYTES);
  return status === 200 ? parseKeys(bytes, url(KEYS)) : NO_KEYS;
}
