import { Template } from '../aws/template.ts';
import { assemble } from '../stacks/assemble.ts';
import type { Settings } from '../stacks/settings.ts';
import type { Stack } from '../stacks/stack.ts';
import { description, heading } from '../stacks/words.ts';
import type { CompiledTemplate } from './compiled-template.ts';
import { makeTemplate } from './make-template.ts';

/** Compiles these stacks, which a launcher makes in this order. */
export function compileStacks<Name extends string>(
  stacks: readonly Stack<Name>[],
  settings: Settings,
): readonly CompiledTemplate<Name>[] {
  return stacks.map((stack) => {
    const build = () => {
      const template = new Template({ project: settings.project.name, title: description(stack) });
      assemble(template, stack, settings);
      return template.body();
    };
    return makeTemplate(stack, build, heading(stack, stacks));
  });
}
