import type { TemplateDocument } from '../document/template-document.ts';
import type { StackName } from '../stacks/stack-name.ts';

/** A template that podlaunch made. Its text is there at once; its data, places and sources are made when asked for. */
export interface CompiledTemplate<Name extends string = StackName> extends TemplateDocument {
  readonly stack: Name;
  /** What the stack makes, in a few words. */
  readonly summary: string;
}
