import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readTemplate } from '../document/read/read-template.ts';
import { type Selection, selector } from '../validate/selection.ts';
import { validate } from '../validate/validate.ts';

/** How a text is checked. */
export interface ValidateOptions extends Selection {
  /** What the findings call the text. Default: `template`. */
  readonly file?: string;
}

/**
 * Checks the text of a template, YAML or JSON, by podlaunch's own rules, in one call: no file and no network is asked.
 * @throws Refusal PL3101 where an option names a rule that does not exist
 * @returns the findings in the order of the text; a text that is no template has a finding that says so
 */
export function validateTemplate(text: string, options: ValidateOptions = {}): readonly Diagnostic[] {
  const { file = 'template', ...selection } = options;
  return selector([selection])(validate(readTemplate(text, file)));
}
