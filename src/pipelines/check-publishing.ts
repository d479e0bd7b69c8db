import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { attempt } from '../diagnostics/findings-of.ts';
import { parseAudience } from '../publish/audience/audience.ts';
import { checkChannelName } from '../publish/channel.ts';
import { checkVersion } from '../release/layout.ts';
import { choosePlaces } from './mirrors.ts';

/** What publishing a configuration would be refused for before it asks anybody: place, audience, channel, version. */
export function checkPublishing(config: Config, place: Parameters<typeof choosePlaces>[2]): readonly Diagnostic[] {
  const { publish, release } = config;
  return [
    () => choosePlaces(config, {}, place),
    () => parseAudience(publish.audience),
    () => checkChannelName(publish.channel),
    () => checkVersion(release.version ?? '1'),
  ].flatMap((check) => attempt(check).diagnostics);
}
