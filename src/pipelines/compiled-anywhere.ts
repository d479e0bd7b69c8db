import type { Assets } from '../assets/assets.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Config } from '../config/config.ts';
import { ANYWHERE } from '../stacks/release-location.ts';

/** The templates of a release, wherever it will be. What compiles them is loaded only here. */
export async function compiledAnywhere(config: Config, assets: Assets): Promise<readonly CompiledTemplate[]> {
  const { compileRelease } = await import('../compile/compile-release.ts');
  return compileRelease(config, assets, ANYWHERE);
}
