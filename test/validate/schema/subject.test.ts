import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';

const messages = (type: string, properties: object): string[] =>
  validate(
    readTemplate(
      JSON.stringify({
        Parameters: { Open: { Type: 'String', AllowedValues: ['true', 'false'] } },
        Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'true'] } },
        Resources: { It: { Type: type, Properties: properties } },
      }),
      't.json',
    ),
  ).map(({ message }) => message);

const queue = (properties: object) => messages('AWS::SQS::Queue', properties);
const listener = (rules: unknown) =>
  messages('AWS::EC2::SecurityGroup', { GroupDescription: 'x', SecurityGroupIngress: rules });

test.each([
  [queue({ DelaySeconds: 901 }), 'DelaySeconds must be at most 900, not 901.'],
  [queue({ DelaySeconds: { 'Fn::If': ['IsOpen', 901, 0] } }), 'DelaySeconds must be at most 900, not 901.'],
  [queue({ DelaySeconds: 'soon' }), 'DelaySeconds must be a whole number, not text.'],
  [queue({ QueueName: ['a'] }), 'QueueName must be text, not a list.'],
  [queue({ Tags: ['a', { Key: 'k', Value: 'v' }] }), 'An entry of Tags must be a mapping of keys, not text.'],
  [
    queue({ Tags: [{ 'Fn::If': ['IsOpen', 'a', { Key: 'k', Value: 'v' }] }] }),
    'An entry of Tags must be a mapping of keys, not text.',
  ],
  [
    listener([{ IpProtocol: 'tcp', FromPort: 'x', CidrIp: '10.0.0.0/8' }]),
    'FromPort must be a whole number, not text.',
  ],
])('a message names the property: %#', (found, wanted) => {
  expect(found).toContain(wanted);
});
