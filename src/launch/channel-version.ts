import { refuse } from '../diagnostics/refusal.ts';
import { checkChannelName, parseChannel } from '../publish/channel.ts';
import { readAnonymously } from '../publish/read-anonymously.ts';
import { objectUrl, type S3Target } from '../publish/target.ts';
import { channelKey } from '../release/layout.ts';

/**
 * The version that a channel points at, read as a launcher would read it: over HTTPS, without credentials.
 * @throws Refusal PL4015 for a bad name, PL5009 when nothing can be read there, PL4024 when it is no channel, PL4048 or PL4049 when S3 does not answer
 */
export async function channelVersion(target: S3Target, channel: string): Promise<string> {
  checkChannelName(channel);
  const url = objectUrl(target, channelKey(channel));
  const { status, bytes } = await readAnonymously(target, url);
  if (status === 200) return parseChannel(bytes, channel, url).version;
  const reason = status === 404 ? 'there is none' : `S3 answers ${status}`;
  throw refuse({
    code: 'PL5009',
    message: `The channel ${channel} cannot be read at ${url}: ${reason}.`,
    hint: 'Check bucket, prefix and --region; publish to the channel first; or pin a version with --version. A channel of an audience that is not public cannot be read without credentials.',
  });
}
