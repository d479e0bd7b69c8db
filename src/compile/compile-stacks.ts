import { Template } from '../aws/template.ts';
import { assemble } from '../stacks/assemble.ts';
import type { Settings, Stack } from '../stacks/stack.ts';
import { description, heading } from '../stacks/words.ts';
import type { CompiledTemplate } from './compiled-template.ts';
import { makeTemplate } from './make-template.ts';

/** Compiles these stacks, which a launcher makes in this order. */
export function compileStacks<Name extends string>(
  stacks: readonly Stack<Name>[],
  settings: Settings,
): readonly CompiledTemplate<Name>[] {
  return stacks.map((stack) => {
    const template = new Template({ project: settings.project.name, title: description(stack) });
    if (stack.build) stack.build(template, settings);
    else assemble(template, stack, settings);
    return makeTemplate(stack, template.body(), heading(stack, stacks));
  });
}
