import { has, isList, isObject } from '../../document/intrinsics.ts';
import { isKind } from '../../document/kind.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { transforms } from '../model/model.ts';
import { unknownKeys, wrongKind } from '../model/shape.ts';

/** The sections of a template, with the code of what stands in them. */
const SECTIONS: Readonly<Record<string, string>> = {
  AWSTemplateFormatVersion: 'E1001',
  Description: 'E1004',
  Metadata: 'E4002',
  Parameters: 'E2001',
  Rules: 'E1001',
  Mappings: 'E7001',
  Conditions: 'E1001',
  Transform: 'E1005',
  Resources: 'E3001',
  Outputs: 'E6001',
  Globals: 'E1001',
  Hooks: 'E1001',
};

/**
 * The template as a whole: its sections and what they are
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html).
 */
export function* structure({ root, hasMacros }: Model): Generator<Finding> {
  yield* unknownKeys(root, [], 'E1001', Object.keys(SECTIONS));
  const { AWSTemplateFormatVersion: version, Description, Resources } = root;
  if (version !== undefined && version !== '2010-09-09') {
    yield {
      code: 'E1001',
      message: 'AWSTemplateFormatVersion has one value only: 2010-09-09.',
      path: ['AWSTemplateFormatVersion'],
      hint: "Write '2010-09-09', or leave the key out.",
    };
  }
  if (Description !== undefined && typeof Description !== 'string')
    yield wrongKind(Description, ['Description'], 'E1004', 'text');
  for (const name of ['Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Resources', 'Outputs']) {
    const section = root[name];
    if (section !== undefined && !isObject(section)) yield wrongKind(section, [name], SECTIONS[name]!, 'mapping');
  }
  if (Resources === undefined) {
    yield {
      code: 'E1001',
      message: 'The template has no Resources.',
      path: [],
      hint: 'Add at least one resource: CloudFormation makes no empty stack.',
    };
  } else if (isObject(Resources) && Object.keys(Resources).length === 0 && !hasMacros) {
    yield { code: 'PL3009', message: 'Resources is empty.', path: ['Resources'], hint: 'Add at least one resource.' };
  }
  for (const [index, name] of transforms(root).entries()) {
    if (isKind(name, 'text') || isObject(name)) continue;
    yield wrongKind(name, isList(root['Transform']) ? ['Transform', index] : ['Transform'], 'E1005', 'text');
  }
}

/** Whether data looks like a template at all: a mapping with at least one section. */
export function looksLikeTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => has(SECTIONS, key));
}
