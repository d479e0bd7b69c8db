import type { JsonObject } from '../../../src/document/intrinsics.ts';
import { attributeNames } from '../../../src/validate/schema/attributes.ts';
import { schemaFor, typeNames } from '../../../src/validate/schema/schema-for.ts';
import { validProperties } from './bases.ts';
import { pick, type Random } from './language/operator.ts';

/** Types of which valid properties say nothing to other tools: SAM's, and those whose parameters are in another file. */
const LEFT_OUT = /^AWS::(?:Serverless|QuickSight)::|^AWS::CloudFormation::/;

/** A valid template with resources of some types, chosen by chance, and with what else a template has. */
export function madeTemplate(count: number, random: Random): JsonObject {
  const types = typeNames().filter((name) => !LEFT_OUT.test(name));
  const resources = new Map<string, JsonObject>();
  const outputs = new Map<string, JsonObject>();
  while (resources.size < count) {
    const type = pick(types, random);
    const properties = validProperties(type);
    if (!properties || Object.keys(properties).length < 2) continue;
    const id = `Made${resources.size}`;
    resources.set(id, { Type: type, Condition: 'IsWanted', Properties: properties });
    const attribute = attributeNames(schemaFor(type)!).find((name) => /(?:Arn|Id)$/.test(name));
    const value = attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
    outputs.set(`${id}Out`, { Condition: 'IsWanted', Value: value });
  }
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Made by chance.',
    Parameters: { Stage: { Type: 'String', Default: 'a', AllowedValues: ['a', 'b'] } },
    Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: 'Stage' }, 'a'] } },
    Mappings: { Sizes: { a: { small: '1' } } },
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(outputs),
  };
}
