import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { readPriceFile } from '../launch/prices/read-price-file.ts';
import { PRICES } from '../release/layout.ts';
import type { ReleaseFile } from '../release/release.ts';
import { releaseFile } from '../release/release-file.ts';

/**
 * What a configuration publishes beside templates and scripts: its price file.
 * @param cwd what `release.prices` is relative to
 * @throws Refusal PL5019 for a file that is not there, or is none
 */
export function filesBeside({ release: { prices } }: Config, cwd: string): readonly ReleaseFile[] {
  return prices === undefined ? [] : [releaseFile(PRICES, readPriceFile(resolve(cwd, prices)))];
}
