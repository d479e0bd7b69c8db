import type { Assets } from '../assets/assets.ts';
import type { Config } from '../config/config.ts';
import { allStacks } from '../stacks/index.ts';
import type { ReleaseLocation } from '../stacks/release-location.ts';
import { settingsOf } from '../stacks/settings.ts';
import { isWhole } from '../stacks/stack-name.ts';
import { compileStacks } from './compile-stacks.ts';
import type { CompiledTemplate } from './compiled-template.ts';

/**
 * Compiles all stacks, as they are in a release: the launchpad too, which cannot be deployed without a bucket.
 * @param location where the release will be; left out for one in a folder
 */
export async function compileRelease(
  config: Config,
  assets: Pick<Assets, 'sha256'>,
  location?: ReleaseLocation,
): Promise<readonly CompiledTemplate[]> {
  const settings = settingsOf(config, assets, location);
  const stacks = await allStacks();
  const parts = stacks.filter(({ name }) => !isWhole(name));
  const whole = stacks.filter(({ name }) => isWhole(name));
  return [...whole.flatMap((stack) => compileStacks([stack], settings)), ...compileStacks(parts, settings)];
}
