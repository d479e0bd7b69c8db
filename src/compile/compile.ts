import type { Assets } from '../assets/assets.ts';
import type { Config } from '../config/config.ts';
import { SMALL_STACKS } from '../stacks/index.ts';
import type { ReleaseLocation } from '../stacks/release-location.ts';
import { settingsOf } from '../stacks/settings.ts';
import { compileStacks } from './compile-stacks.ts';
import type { CompiledTemplate } from './compiled-template.ts';

/**
 * Compiles the stacks that can be deployed without a bucket, in the order in which a launcher makes them. The same input
 * gives the same bytes. The launchpad is larger, and in releases only: `compileRelease`.
 * @param config podlaunch.yaml, complete
 * @param assets what is copied to the nodes' bucket; its hash is in the templates
 * @param location where the release will be; without it nothing is copied, and an output says what to run instead
 */
export function compile(
  config: Config,
  assets: Pick<Assets, 'sha256'>,
  location?: ReleaseLocation,
): readonly CompiledTemplate[] {
  return compileStacks(SMALL_STACKS, settingsOf(config, assets, location));
}
