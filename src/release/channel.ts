import { isVersion } from './layout.ts';
import { fields, isSha256 } from './read-json.ts';

/** A channel file of podlaunch's has some 150 bytes. */
export const CHANNEL_BYTES = 4096;

/** Which release a channel points at; undefined for what is no file of the channel. */
export function publishedChannel(
  value: unknown,
  channel: string,
): { readonly version: string; readonly manifestSha256: string } | undefined {
  const { channel: name, version, manifestSha256 } = fields(value);
  const isChannel = name === channel && isVersion(version) && isSha256(manifestSha256);
  return isChannel ? { version, manifestSha256 } : undefined;
}
