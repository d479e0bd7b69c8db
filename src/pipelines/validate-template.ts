import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readTemplate } from '../document/read/read-template.ts';
import { validate } from '../validate/validate.ts';

/** How a text is checked. */
export interface ValidateOptions {
  /** What the findings call the text. Default: `template`. */
  readonly file?: string;
}

/**
 * Checks the text of a template, YAML or JSON, by podlaunch's own rules, in one call: no file and no network is asked.
 * @returns the findings in the order of the text; a text that is no template has a finding that says so
 */
export function validateTemplate(text: string, { file = 'template' }: ValidateOptions = {}): readonly Diagnostic[] {
  return validate(readTemplate(text, file));
}
