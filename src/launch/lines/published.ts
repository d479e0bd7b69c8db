import { isVersion } from '../../release/layout.ts';
import { fields, isOneLine, isSha256 } from '../../release/read-json.ts';

/** What the page reads of where releases are, when it is opened. */
export interface OfferedRelease {
  readonly version: string;
  readonly publishedAt: string;
  readonly manifestSha256: string;
  /** Why nobody should launch it any more. */
  readonly withdrawn?: string;
}

/** The most releases that a page lists. */
const MOST_RELEASES = 100;

/** The most characters of a publisher's text that a page shows. */
const MOST_TEXT = 500;

const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,13}Z$/;

/**
 * Reads releases.json: the releases of a place, the newest first. It may be anybody's who can write there, so whatever
 * does not have its form is left out.
 */
export function offeredReleases(value: unknown): readonly OfferedRelease[] {
  const { releases } = fields(value);
  return Array.isArray(releases) ? releases.slice(0, MOST_RELEASES).flatMap(offeredRelease) : [];
}

function offeredRelease(value: unknown): readonly OfferedRelease[] {
  const { version, publishedAt, manifestSha256, withdrawn } = fields(value);
  if (!isVersion(version) || !isSha256(manifestSha256) || !matches(publishedAt, DATE)) return [];
  const { why } = fields(withdrawn);
  const isWithdrawn = withdrawn !== undefined && withdrawn !== null;
  return [{ version, publishedAt, manifestSha256, ...(isWithdrawn && { withdrawn: reason(why) }) }];
}

function reason(why: unknown): string {
  return isOneLine(why) ? why.slice(0, MOST_TEXT) : 'no reason is given';
}

/** The paths of the files that a manifest of a version lists; undefined for what is no such manifest. */
export function pathsOfManifest(value: unknown, version: string): readonly string[] | undefined {
  const { version: named, files } = fields(value);
  if (named !== version || !Array.isArray(files)) return undefined;
  return files.map((file) => fields(file)['path']).filter((path) => typeof path === 'string');
}

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
