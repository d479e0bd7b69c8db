import type { Assets } from '../assets/assets.ts';
import { Template } from '../aws/template.ts';
import type { Config } from '../config/config.ts';
import { assemble } from '../stacks/assemble.ts';
import { STACKS } from '../stacks/index.ts';
import type { ReleaseLocation } from '../stacks/release-location.ts';
import type { Settings, Stack } from '../stacks/stack.ts';
import { description, heading } from '../stacks/words.ts';
import { type CompiledTemplate, compiledTemplate } from './compiled-template.ts';

/**
 * Compiles the stacks, in the order in which a launcher makes them. The same input gives the same bytes.
 * @param config podlaunch.yaml, complete
 * @param assets what is copied to the nodes' bucket; its hash stands in the templates
 * @param location where the release will lie; without it nothing is copied, and an output says what to run instead
 */
export function compile(
  config: Config,
  assets: Pick<Assets, 'sha256'>,
  location?: ReleaseLocation,
): readonly CompiledTemplate[] {
  return compileStacks(STACKS, { ...config, assets, location });
}

/** Compiles these stacks, which a launcher makes in this order. */
export function compileStacks<Name extends string>(
  stacks: readonly Stack<Name>[],
  settings: Settings,
): readonly CompiledTemplate<Name>[] {
  return stacks.map((stack) => {
    const template = new Template({ project: settings.project.name, title: description(stack) });
    if (stack.build) stack.build(template, settings);
    else assemble(template, stack, settings);
    return compiledTemplate(stack, template.body(), heading(stack, stacks));
  });
}
