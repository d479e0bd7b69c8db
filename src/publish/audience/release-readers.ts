import type { ManifestFile } from '../../release/manifest.ts';
import type { Audience } from './audience.ts';

/** Which files of a release must be readable by whom. */
export interface ReleaseReaders {
  readonly audience: Audience;
  readonly version: string;
  readonly files: readonly Pick<ManifestFile, 'path' | 'sha256' | 'size'>[];
}
