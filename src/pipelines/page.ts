import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkedRegions } from '../launch/launch-region.ts';
import { makePage } from '../launch/page/page.ts';
import type { PageFile } from '../launch/page/page-file.ts';
import type { PageInput } from '../launch/page/page-input.ts';
import { readLogo } from '../launch/page/read-logo.ts';
import { parsePriceFile } from '../launch/prices/price-file.ts';
import { PRICES } from '../release/layout.ts';
import { chooseS3Target, type TargetOptions } from './choose-target.ts';
import { readersOf } from './readers.ts';

/** Which page is made; the options win over podlaunch.yaml. */
export interface PageOptions extends TargetOptions {
  /** The release that the page is for. Default: the one that the channel names. */
  readonly version?: string;
  /** Default: the configuration's. */
  readonly channel?: string;
  /** Who reads the release: `public` (without credentials), `org:o-…` or `accounts:ID,…`. */
  readonly audience?: string;
  /** The regions to choose from. Default: the configuration's, else the bucket's. */
  readonly launchRegions?: readonly string[];
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  /** What paths of the configuration are relative to. Default: where the process runs. */
  readonly cwd?: string;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A page, and the release that it is for. */
export interface MadePage {
  readonly version: string;
  readonly manifestSha256: string;
  readonly files: readonly PageFile[];
  /** That the release was withdrawn. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes the launch page of a release, after looking at it where its links lead.
 * @throws Refusal PL5001, PL5014, PL5019, those of `findRelease`, of `makeLinks` and of the target
 */
export async function page(config: Config, options: PageOptions = {}): Promise<MadePage> {
  const { cwd = '.', env = process.env, version, channel = config.publish.channel } = options;
  const target = chooseS3Target(config, options, { cwd, env });
  const regions = checkedRegions(options.launchRegions ?? config.page.regions, target.region);
  const { findRelease } = await import('./find-release.ts');
  const release = await findRelease(target, {
    pin: version === undefined ? { channel } : { version },
    others: [PRICES],
    ...readersOf(config, options),
  });
  const priceFile = release.others.get(PRICES);
  const project = options.stackName ?? config.project.name;
  const prices = priceFile && { prices: parsePriceFile(priceFile, `${PRICES} of release ${release.version}`) };
  const input: PageInput = { ...release, target, channel, project, regions, look: lookOf(config, cwd), ...prices };
  const { version: found, manifestSha256, diagnostics } = release;
  return { version: found, manifestSha256, files: makePage(input), diagnostics };
}

function lookOf({ page: { title, colour, publisher, logo } }: Config, cwd: string): PageInput['look'] {
  return {
    title,
    colour,
    ...(publisher !== undefined && { publisher }),
    ...(logo !== undefined && { logo: readLogo(resolve(cwd, logo)) }),
  };
}
