import { isObject } from '../../../document/intrinsics.ts';
import { schemaFor } from '../../schema/schema-for.ts';
import { several } from '../base/examples.ts';
import { across } from '../base/look.ts';
import type { Check, Rule } from '../base/rule.ts';
import { unique } from '../base/unique.ts';
import { TYPES } from '../base/urls.ts';

const PARAMETER = 'AWS::SSM::Parameter';
const two = (one: string, other: string): string =>
  several({
    One: [PARAMETER, `Name: ${one}`, 'Type: String', 'Value: x'],
    Other: [PARAMETER, `Name: ${other}`, 'Type: String', 'Value: y'],
  });

/** The types of which a template has several resources. */
function* repeatedTypes(types: readonly unknown[]): Generator<string> {
  const seen = new Map<string, number>();
  for (const type of types) if (typeof type === 'string') seen.set(type, (seen.get(type) ?? 0) + 1);
  for (const [type, count] of seen) if (count > 1 && type.startsWith('AWS::')) yield type;
}

/** The properties by which CloudFormation knows a resource of a type, where the template chooses all of them. */
function identifier(type: string): readonly string[] {
  const { primaryIdentifier = [], readOnlyProperties = [] } = schemaFor(type) ?? {};
  if (primaryIdentifier.some((pointer) => readOnlyProperties.includes(pointer))) return [];
  return primaryIdentifier.map((pointer) => pointer.replace('/properties/', '').replaceAll('/', '.'));
}

const sameIdentifier: Check = across(function* (model) {
  const types = Object.values(model.resources).map((one) => (isObject(one) ? one['Type'] : undefined));
  for (const type of repeatedTypes(types)) {
    const [first, ...others] = identifier(type);
    if (first === undefined) continue;
    const names = [first, ...others].join(' and ');
    yield* unique(type, [first, ...others], (name) => `${name} has the same ${names} already.`)(model);
  }
});

/** Names by which resources are known. */
export const IDENTIFIER_RULES: readonly Rule[] = [
  {
    code: 'E3019',
    name: 'same-name-twice',
    message: 'Two resources of a type have the same name.',
    why: 'The second cannot be created, and the stack rolls back.',
    fix: 'Rename one, or leave the name out: CloudFormation makes one.',
    url: TYPES,
    bad: [two('/a', '/a # <-')],
    good: [
      two('/a', '/b'),
      `Conditions: { West: !Equals [!Ref AWS::Region, us-west-2] }\n${two('!If [West, /a, /b]', '!If [West, /b, /a]')}`,
    ],
    check: sameIdentifier,
  },
];
