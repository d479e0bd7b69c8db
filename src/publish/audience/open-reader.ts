import type { HttpAnswer } from '../../http/get.ts';
import { releasePrefix } from '../../release/layout.ts';
import { objectUrl, type Target } from '../../release/target.ts';
import { openTarget } from '../stores/open-store.ts';
import { parseAudience } from './audience.ts';
import { readAnonymously } from './read-anonymously.ts';

/** Who reads a release. */
export interface Readers {
  /** `public` is read as a launcher reads it, without credentials; any other audience with those of this machine. */
  readonly audience: string;
  readonly expectedBucketOwner?: string;
}

/** A place that releases are read from, as launchers read them. */
export interface ReleaseReader {
  read(key: string, limit: number): Promise<HttpAnswer>;
  /** How messages name a key. */
  url(key: string): string;
  close(): void;
}

/** Opens a place for reading. Only for an audience that is not public the AWS SDK is loaded. */
export async function openReader(target: Target, readers: Readers): Promise<ReleaseReader> {
  const url = (key: string) => (target.kind === 's3' ? objectUrl(target, key) : `${target.folder}/${key}`);
  if (target.kind === 's3' && parseAudience(readers.audience).kind === 'public') {
    return { url, read: (key, limit) => readAnonymously(target, url(key), limit), close: () => {} };
  }
  const { store } = await openTarget(target, readers.expectedBucketOwner);
  const only = target.kind === 'folder' && target.onlyVersion !== undefined ? releasePrefix(target.onlyVersion) : '';
  return {
    url,
    async read(key, limit) {
      const file = await store.get(key.startsWith(only) ? key.slice(only.length) : key, limit);
      if (file === undefined) return { status: 404, bytes: new Uint8Array() };
      return { status: 200, bytes: file === 'larger' ? file : file.bytes };
    },
    close: () => store.close(),
  };
}
