import type { Assets } from '../assets/assets.ts';
import { chooseRegion } from '../cloud/region.ts';
import { compile } from '../compile/compile.ts';
import type { Config } from '../config/config.ts';
import type { TemplateToSend } from '../deploy/change-set.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { readTemplate } from '../document/read/read-template.ts';
import type { Json } from '../document/template-document.ts';
import type { Readers } from '../publish/audience/open-reader.ts';
import { type Pin, readRelease, textOfFile } from '../publish/release-reader.ts';
import { type ListedRelease, NO_HISTORY, type ReleaseHistory } from '../publish/releases/history.ts';
import { releasePrefix, templatePath } from '../release/layout.ts';
import { objectUrl, type S3Target } from '../release/target.ts';
import { STACK_NAMES } from '../stacks/stack-name.ts';
import { chooseTarget, isMirrored } from './choose-target.ts';
import { configuredAssets } from './configured-assets.ts';
import { ownListing } from './own-listing.ts';
import { readersOf } from './readers.ts';
import { readReleaseUrl } from './release-url.ts';
import type { SourceOptions } from './source-options.ts';

/** The template of a stack, as CloudFormation is given it and as podlaunch reads it. */
export interface SourceTemplate extends TemplateToSend {
  readonly stack: string;
  readonly file: string;
  readonly value: Json | undefined;
}

/** Where releases are read from, and as whom. */
export interface ReleasePlace {
  readonly target: S3Target;
  readonly readers: Readers;
}

/** The templates of a deployment. */
export interface DeploySource {
  /** Undefined for what was compiled. */
  readonly version: string | undefined;
  /** What releases.json says of the release, or would say of the configuration's. */
  readonly listed: Pick<ListedRelease, 'version' | 'minimumFrom' | 'withdrawn'> | undefined;
  /** All that releases.json says. */
  readonly history: ReleaseHistory;
  /** That nobody knows whether it was withdrawn. */
  readonly unlisted: readonly Diagnostic[];
  /** Where the release and those beside it are; undefined for what was compiled. */
  readonly published: ReleasePlace | undefined;
  readonly templates: readonly SourceTemplate[];
  /** What the stack does not copy itself, because its template is of no release. */
  readonly scripts: Assets | undefined;
}

/**
 * Opens the templates: of a release, compared with its manifest, or compiled of the configuration.
 * @throws Refusal of the release that cannot be read, of the scripts, PL5001 for a release in a folder
 */
export async function openSource(config: Config, options: SourceOptions): Promise<DeploySource> {
  const pinned = pinOf(config, options);
  if (pinned === undefined) return compiledSource(config, options.cwd);
  const { pin, target } = pinned;
  const readers = readersOf(config, options);
  const prefix = templatePath('');
  const read = await readRelease(target, { pin, ...readers }, ({ files }) =>
    files.filter(({ path }) => path.startsWith(prefix)),
  );
  const { version } = read.manifest;
  const templates = read.files.map((found) => {
    const hint = 'Nothing was changed. Do not deploy this release, and tell its publisher.';
    const text = textOfFile(found, { unreadable: 'PL5010', hint });
    const file = found.path.slice(prefix.length);
    return {
      ...{ stack: file.replace(/\.yaml$/, ''), file, text, value: readTemplate(text, file).value },
      url: objectUrl(target, releasePrefix(version) + found.path),
    };
  });
  return {
    ...{ version, listed: read.listed, history: read.history, unlisted: read.unlisted, published: { target, readers } },
    ...{ templates: inOrder(templates), scripts: undefined },
  };
}

function pinOf(config: Config, options: SourceOptions): { readonly pin: Pin; readonly target: S3Target } | undefined {
  const { version, channel, from, bucketRegion, endpointUrl } = options;
  const mirror = isMirrored(config, options) ? nearestMirror(config, options) : undefined;
  const region = chooseRegion(bucketRegion ?? mirror ?? config.publish.region, options.env);
  if (from !== undefined) return readReleaseUrl(from, endpointUrl === undefined ? undefined : { endpointUrl, region });
  if (version === undefined && channel === undefined) return undefined;
  const target = chooseTarget(config, { ...options, region }, options);
  const pin = version === undefined ? { channel: channel! } : { version };
  if (target.kind === 's3') return { pin, target };
  throw refuse({
    code: 'PL5001',
    message: 'CloudFormation reads releases from S3, and no bucket is given.',
    hint: 'Say where releases are: --to s3://my-bucket/podlaunch, --from URL, or publish.to in podlaunch.yaml.',
  });
}

/** Of the mirrors that podlaunch.yaml lists the one in the stacks' region, else the first; undefined where it lists none. */
function nearestMirror({ publish: { regions } }: Config, { region, env }: SourceOptions): string | undefined {
  const own = chooseRegion(region, env);
  return regions?.includes(own) ? own : regions?.[0];
}

function compiledSource(config: Config, cwd: string): DeploySource {
  const { assets } = configuredAssets(config, cwd);
  return {
    ...{ version: undefined, listed: ownListing(config), history: NO_HISTORY, unlisted: [], published: undefined },
    ...{ templates: inOrder(compile(config, assets)), scripts: assets },
  };
}

/** In the order in which stacks are made. */
function inOrder<T extends { readonly stack: string }>(templates: readonly T[]): readonly T[] {
  const place = (stack: string) => (STACK_NAMES as readonly string[]).indexOf(stack);
  return [...templates].sort((a, b) => place(a.stack) - place(b.stack));
}
