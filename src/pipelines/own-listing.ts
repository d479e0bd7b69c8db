import type { Config } from '../config/config.ts';
import type { ListedRelease } from '../publish/releases/history.ts';

/** What releases.json would say of the release that the configuration would be; undefined where it takes updates from all. */
export function ownListing({ release }: Config): Pick<ListedRelease, 'version' | 'minimumFrom'> | undefined {
  const { version = 'of the configuration', minimumFrom } = release;
  return minimumFrom === undefined ? undefined : { version, minimumFrom };
}
