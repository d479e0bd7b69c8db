import { has } from '../../document/intrinsics.ts';

/** The sections of a template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export const SECTIONS: readonly string[] = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Globals',
  'Hooks',
];

/** Whether data looks like a template at all: a mapping with at least one section. */
export function looksLikeTemplate(value: object): boolean {
  return SECTIONS.some((name) => has(value, name));
}
