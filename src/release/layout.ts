import { refuse } from '../diagnostics/refusal.ts';

/** Name of the file that lists a release's files. */
export const MANIFEST = 'manifest.json';
/** Name of the bill of materials in a release. */
export const SBOM = 'sbom.cdx.json';
/** Name of the provenance in a release. */
export const PROVENANCE = 'provenance.intoto.json';
/** Name of the list of what travels with the templates. */
export { ASSETS_JSON as ASSETS } from '../assets/assets.ts';

/** Name of the price file of a release that has one. */
export const PRICES = 'prices.json';

const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Where releases are below the place that is published to. */
export const RELEASES = 'releases/';

/** Where a release is below the place that is published to; ends in `/`. */
export function releasePrefix(version: string): string {
  return `${RELEASES}${version}/`;
}

export { templatePath } from '../stacks/release-location.ts';

/** Where channels are below the place that is published to. */
export const CHANNELS = 'channels/';

/** Where a channel is below the place that is published to. */
export function channelKey(channel: string): string {
  return `${CHANNELS}${channel}.json`;
}

/** Name of the history of releases, directly below the place that is published to. */
export const HISTORY = 'releases.json';

/** A history of the most that is kept is smaller. */
export const HISTORY_BYTES: number = 1024 * 1024;

/** Name of the list of keys that releases are signed with, directly below the place that is published to. */
export const KEYS = 'keys.json';

/** Where the signature of a key is, below the release. */
export function signaturePath(keyId: string): string {
  return `signatures/${keyId}.json`;
}

/** Where the provenance is that a key has signed, below the release. */
export function provenanceSignaturePath(keyId: string): string {
  return `signatures/${keyId}.provenance.json`;
}

/** Whether a text can be the name of a channel. */
export function isChannelName(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z0-9][a-z0-9._-]{0,62}$/.test(text);
}

/** Whether a text can be the version of a release. */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && VERSION.test(text);
}

/** Throws a Refusal (PL4001) for a version that cannot be a part of a key, or reads like the name of a channel. */
export function checkVersion(version: string): void {
  if (!isVersion(version)) {
    throw refuse({
      code: 'PL4001',
      message: `${JSON.stringify(version)} is not a release version.`,
      hint: 'Use at most 63 letters, digits, dots, hyphens and underscores that start with a letter or digit, such as 1.4.0.',
    });
  }
  if (/[0-9]/.test(version)) return;
  throw refuse({
    code: 'PL4001',
    message: `${version} is not a release version: it has no digit, and reads like the name of a channel.`,
    hint: `A release never changes, a channel moves: --channel ${version.toLowerCase()}. A version is like 1.4.0.`,
  });
}
