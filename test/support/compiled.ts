import { compile } from '../../src/compile/compile.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { ReleaseLocation } from '../../src/stacks/release-location.ts';
import type { SmallStackName } from '../../src/stacks/stack-name.ts';

/** A compiled stack that can be deployed without a bucket, by its name. */
export function compiled(
  stack: SmallStackName,
  config: Config = DEFAULTS,
  location?: ReleaseLocation,
): CompiledTemplate {
  return compile(config, { sha256: 'a'.repeat(64) }, location).find((template) => template.stack === stack)!;
}

/** What a stack says, as data that a test looks into. */
export function dataOf(stack: SmallStackName, config?: Config, location?: ReleaseLocation): any {
  return compiled(stack, config, location).value;
}
