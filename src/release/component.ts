import { VERSION } from '../version.ts';

/** podlaunch itself, as a package URL. */
export const PODLAUNCH = `pkg:npm/podlaunch@${VERSION}`;

/** Something that podlaunch is built of: a package of npm, or data that was taken from elsewhere. */
export interface Component {
  readonly type: 'library' | 'data';
  readonly name: string;
  readonly version: string;
  /** Package URL: https://github.com/package-url/purl-spec */
  readonly purl: string;
  /** SPDX expression. */
  readonly license: string;
  /** SHA-512, hex; left out where its source gives none. */
  readonly sha512?: string;
}
