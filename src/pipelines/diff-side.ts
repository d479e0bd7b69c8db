import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { looksLikeFile, templatesAt, templatesOf } from '../diff/comparable.ts';
import type { Side } from '../diff/release-diff.ts';
import type { ReadEntries, TemplateDocument } from '../document/template-document.ts';
import { type Pin, type ReadFile, readRelease, textOfFile } from '../publish/release-reader.ts';
import type { ListedRelease, ReleaseHistory } from '../publish/releases/history.ts';
import { withdrawnWarnings } from '../publish/releases/withdrawn.ts';
import { ASSETS, isVersion, PROVENANCE, SBOM, templatePath } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import type { S3Target } from '../release/target.ts';
import { needsBucket } from '../stacks/stack-name.ts';
import { buildRelease } from './build-release.ts';
import { chooseTarget, type TargetOptions } from './choose-target.ts';
import { configuredAssets } from './configured-assets.ts';
import { filesBeside } from './files-beside.ts';
import { readersOf } from './readers.ts';

/** Where the sides of a diff are looked for. */
export interface SideOptions extends TargetOptions {
  /** Who reads a release. Default: as podlaunch.yaml says. */
  readonly audience?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a side is looked for, and what was read of the other: two releases have most in common. */
export interface SidePlace extends SideOptions {
  readonly before: ReadEntries;
}

/** A side as it was opened: a release has a version, and is in S3 or a folder. */
export interface OpenedSide extends Side {
  readonly version?: string;
  readonly place?: S3Target;
  /** What releases.json says of the release. */
  readonly listed?: ListedRelease;
  /** All that releases.json says. */
  readonly history?: ReleaseHistory;
  /** That the release was withdrawn. */
  readonly warnings?: readonly Diagnostic[];
}

const STACK = 'stack:';

/**
 * Opens what a side of a diff is called: `stack:NAME`, a template, a folder with templates, else the version of a
 * release (it has a digit) or the channel that names one.
 * @throws Refusal PL8001 to PL8004, and those of a release that cannot be read
 */
export async function namedSide(name: string, config: Config, options: SidePlace): Promise<OpenedSide> {
  if (name.startsWith(STACK)) return stackSide(name, config, options);
  const path = resolve(options.cwd, name);
  if (existsSync(path)) return { name, templates: await templatesAt(name, path, options.before) };
  if (looksLikeFile(name)) throw notThere(name);
  return releaseSide(/[0-9]/.test(name) && isVersion(name) ? { version: name } : { channel: name }, config, options);
}

/**
 * What publishing would make of the configuration now, at the place and, to tell apart only what differs, under the
 * version of what it is compared with.
 */
export async function ownSide(
  config: Config,
  { cwd }: SideOptions,
  { version, place, templates: others }: OpenedSide,
): Promise<Side> {
  const { assets } = configuredAssets(config, cwd);
  const files = filesBeside(config, cwd);
  const home = place && { bucketName: place.bucket, bucketRegion: place.region, prefix: place.prefix };
  const named = version === undefined ? config : { ...config, release: { version } };
  const { templates } = await buildRelease(named, assets, home, files);
  // A folder that compile wrote has no templates that are in releases only. A template by itself may be one of them.
  const isLarge = ({ file }: TemplateDocument) => templates.some((one) => needsBucket(one.stack) && one.file === file);
  const isCompiled = version === undefined && others.length > 1 && !others.some(isLarge);
  return {
    name: 'the configuration',
    templates: isCompiled ? templates.filter(({ stack }) => !needsBucket(stack)) : templates,
    files: new Map([...assets.files, ...files].map(({ path, sha256 }) => [path, sha256])),
  };
}

async function stackSide(
  name: string,
  { publish }: Config,
  { region, endpointUrl, env, before }: SidePlace,
): Promise<Side> {
  const { stackTemplate } = await import('../diff/stack-template.ts');
  const place = { region: chooseRegion(region ?? publish.region, env), endpointUrl };
  const text = await stackTemplate(name.slice(STACK.length), place);
  return { name, templates: templatesOf([{ file: name, text }], before) };
}

async function releaseSide(pin: Pin, config: Config, options: SidePlace): Promise<OpenedSide> {
  const target = chooseTarget(config, options, options);
  const readers = { pin, ...readersOf(config, options) };
  const { manifest, files, listed, history, unlisted } = await readRelease(target, readers, (all) =>
    all.files.filter(isTemplate),
  );
  const beside = manifest.files.filter((file) => !isTemplate(file) && !FOLLOWING.includes(file.path));
  return {
    name: `release ${manifest.version}`,
    version: manifest.version,
    ...(target.kind === 's3' && { place: target }),
    templates: templatesOf(files.map(templateText), options.before),
    files: new Map(beside.map(({ path, sha256 }) => [path, sha256])),
    ...(listed && { listed }),
    history,
    warnings: [...withdrawnWarnings(listed), ...unlisted],
  };
}

const TEMPLATES = templatePath('');

function isTemplate({ path }: ManifestFile): boolean {
  return path.startsWith(TEMPLATES);
}

function templateText(file: ReadFile): { readonly file: string; readonly text: string } {
  const hint = 'Do not launch this release, and tell its publisher.';
  return { file: file.path.slice(TEMPLATES.length), text: textOfFile(file, { unreadable: 'PL4022', hint }) };
}

/** Files that follow from the others: what differs in them is said of those. */
const FOLLOWING: readonly string[] = [ASSETS, SBOM, PROVENANCE];

function notThere(name: string): Error {
  return refuse({
    code: 'PL8001',
    message: `${name} is not there.`,
    hint: 'Name a template, a folder of templates, a version such as 1.4.0, a channel such as latest, or stack:NAME.',
  });
}
