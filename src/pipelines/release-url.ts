import { refuse } from '../diagnostics/refusal.ts';
import type { Pin } from '../publish/release-reader.ts';
import { isVersion } from '../release/layout.ts';
import { objectUrl, parseTarget, type S3Target } from '../release/target.ts';

/** AWS's address of an object: bucket and region are in the host. */
const AWS = /^https:\/\/([a-z0-9-]+)\.s3\.([a-z0-9-]+)\.[a-z.]+\/(.*)$/;

/** An S3 that is not AWS's: its URLs do not say the region. */
export interface OtherEndpoint {
  readonly endpointUrl: string;
  readonly region: string;
}

/**
 * Reads where a URL leads: to a release (`…/releases/1.4.0/…`), to a channel (`…/channels/latest.json`), or the launch link
 * of a stack, which names the release's template. It must be AWS's own address, or below the endpoint that is given.
 * @throws Refusal PL8512 for another URL
 */
export function readReleaseUrl(text: string, other?: OtherEndpoint): { readonly pin: Pin; readonly target: S3Target } {
  const endpointUrl = other?.endpointUrl.replace(/\/+$/, '');
  const url = linkedTemplate(text) ?? text;
  const [bucket, region, path] = placeOf(url, other && { ...other, endpointUrl: endpointUrl! }) ?? [];
  const [, prefix, version] = /^(.*?)releases\/([^/]+)(?:\/.*)?$/.exec(path ?? '') ?? [];
  const [, before, channel] = /^(.*?)channels\/([a-z0-9._-]+)\.json$/.exec(path ?? '') ?? [];
  const below = prefix ?? before;
  if (bucket === undefined || region === undefined || below === undefined) throw notARelease(text);
  const target = parseTarget(`s3://${bucket}/${below}`, { region, endpointUrl });
  // Taken apart and put together again it must be the same: else the host is not AWS's.
  if (target.kind !== 's3' || !url.startsWith(objectUrl(target, ''))) throw notARelease(text);
  if (channel !== undefined) return { pin: { channel }, target };
  if (!isVersion(version)) throw notARelease(text);
  return { pin: { version }, target };
}

function placeOf(url: string, other: OtherEndpoint | undefined): readonly [string, string, string] | undefined {
  if (other !== undefined && url.startsWith(`${other.endpointUrl}/`)) {
    const [bucket = '', ...path] = url.slice(other.endpointUrl.length + 1).split('/');
    return [bucket, other.region, path.join('/')];
  }
  const [, bucket, region, path] = AWS.exec(url) ?? [];
  return bucket === undefined ? undefined : [bucket, region!, path!];
}

/** The template that a launch link leads to; undefined where the text is none. */
function linkedTemplate(text: string): string | undefined {
  const hash = URL.canParse(text) ? new URL(text).hash : '';
  const query = hash.split('?')[1];
  return query === undefined ? undefined : (new URLSearchParams(query).get('templateURL') ?? undefined);
}

function notARelease(text: string): Error {
  return refuse({
    code: 'PL8512',
    message: `${JSON.stringify(text)} does not lead to a release in S3.`,
    hint: 'Give https://BUCKET.s3.REGION.amazonaws.com/PREFIX/releases/VERSION/, …/channels/NAME.json, or a launch link.',
  });
}
