import type { Path } from '../../diagnostics/diagnostic.ts';
import { MAX_BODY, MAX_INLINE_BODY } from '../../document/body-size.ts';
import { isObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';

/** How many of a section's entries there may be, and how long their names. */
const SECTIONS = [
  ['Parameters', 200, 'E2010', 'E2011'],
  ['Mappings', 200, 'E7010', 'E7002'],
  ['Resources', 500, 'E3010', 'E3011'],
  ['Outputs', 200, 'E6010', 'E6011'],
] as const;
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1024;
const MAX_PARAMETER_DESCRIPTION = 4000;
const MAX_PARAMETER_VALUE = 4096;
const MAX_DYNAMIC_REFERENCES = 60;

/** CloudFormation's limits: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export function* limits(template: Model): Generator<Finding> {
  yield* bodySize(template);
  for (const [section, most, code, nameCode] of SECTIONS) {
    const names = Object.keys(sectionOf(template.root, section));
    if (names.length > most)
      yield {
        code,
        message: `${section} has ${names.length} entries; there may be ${most}.`,
        path: [section],
        part: 'key',
      };
    for (const name of names.filter(({ length }) => length > MAX_NAME))
      yield {
        code: nameCode,
        message: `A name has ${name.length} characters; it may have ${MAX_NAME}.`,
        path: [section, name],
        part: 'key',
      };
  }
  yield* tooLong(template.root['Description'], ['Description'], 'E1003', MAX_DESCRIPTION);
  for (const [name, output] of Object.entries(template.outputs))
    if (isObject(output))
      yield* tooLong(output['Description'], ['Outputs', name, 'Description'], 'E6001', MAX_DESCRIPTION);
  for (const [name, parameter] of Object.entries(template.parameters)) {
    if (!isObject(parameter)) continue;
    yield* tooLong(parameter['Description'], ['Parameters', name, 'Description'], 'E2001', MAX_PARAMETER_DESCRIPTION);
    yield* tooLong(parameter['Default'], ['Parameters', name, 'Default'], 'E2001', MAX_PARAMETER_VALUE);
  }
  yield* dynamicReferences(template);
}

function* bodySize({ document }: Model): Generator<Finding> {
  const size = Buffer.byteLength(document.text);
  if (size > MAX_BODY)
    yield {
      code: 'E1002',
      message: `The template has ${size} bytes; it may have ${MAX_BODY}.`,
      path: [],
      hint: 'Divide it into several stacks.',
    };
  else if (size > MAX_INLINE_BODY)
    yield {
      code: 'PL3020',
      severity: 'info',
      message: `The template has ${size} bytes: above ${MAX_INLINE_BODY} CloudFormation takes it from S3 only.`,
      path: [],
      hint: 'Publish it, or give aws cloudformation deploy a bucket with --s3-bucket.',
    };
}

function sectionOf(root: Model['root'], name: string): object {
  const section = root[name];
  return isObject(section) ? section : {};
}

/** Whether a parameter's value is longer than CloudFormation takes: then that is all there is to say of it. */
export function isTooLong(value: Json): boolean {
  return typeof value === 'string' && Buffer.byteLength(value) > MAX_PARAMETER_VALUE;
}

function* tooLong(value: Json | undefined, path: Path, code: string, most: number): Generator<Finding> {
  if (typeof value !== 'string') return;
  const size = Buffer.byteLength(value);
  if (size > most) yield { code, message: `${path.at(-1)} has ${size} bytes; it may have ${most}.`, path };
}

function* dynamicReferences({ texts, calls }: Model): Generator<Finding> {
  const subs = calls.flatMap(({ name, argument }) => (name === 'Fn::Sub' ? [JSON.stringify(argument)] : []));
  // Of what is in mappings only what is looked up is resolved.
  const resolved = texts.filter(({ path }) => path[0] !== 'Mappings');
  const all = [...resolved.map(({ text }) => text), ...subs].flatMap((text) => text.match(/\{\{resolve:/g) ?? []);
  if (all.length > MAX_DYNAMIC_REFERENCES)
    yield {
      code: 'PL3021',
      message: `The template has ${all.length} dynamic references; it may have ${MAX_DYNAMIC_REFERENCES}.`,
      path: ['Resources'],
      part: 'key',
      hint: 'Divide it into several stacks.',
    };
}
