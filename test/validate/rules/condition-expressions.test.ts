import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';

const found = (condition: unknown): string[] => {
  const template = { Conditions: { A: condition }, Resources: { B: { Type: 'AWS::SNS::Topic', Condition: 'A' } } };
  return validate(readTemplate(JSON.stringify(template), 't.json')).map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
};

test.each([[[]], [['A']], [1], [{}]])('Condition takes the name of a condition, not %j', (argument) => {
  expect(found({ Condition: argument })).toContain('E8001 Conditions.A.Condition');
});

test('what is in Fn::Not must be a condition', () => {
  expect(found({ 'Fn::Not': [{ Condition: [[]] }] })).toContain('E8005 Conditions.A.Fn::Not.0.Condition');
});
