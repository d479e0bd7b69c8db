import { compile } from '../../src/compile/compile.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { ReleaseLocation } from '../../src/stacks/release-location.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';

/** A compiled stack, by its name. */
export function compiled(stack: StackName, config: Config = DEFAULTS, location?: ReleaseLocation): CompiledTemplate {
  return compile(config, { sha256: 'a'.repeat(64) }, location).find((template) => template.stack === stack)!;
}

/** What a stack says, as data that a test looks into. */
export function dataOf(stack: StackName, config?: Config, location?: ReleaseLocation): any {
  return compiled(stack, config, location).value;
}
