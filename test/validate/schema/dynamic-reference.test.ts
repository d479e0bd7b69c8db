import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';

/** The codes of the errors in a mapping of an event source. */
function errors(source: string): readonly string[] {
  const Properties = { EventSourceArn: source, FunctionName: 'a' };
  const Resources = { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties } };
  const all = validate(readTemplate(JSON.stringify({ Resources }), 't.json'));
  return all.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
}

test('what follows from a value is not asked for where the value is known only later', () => {
  expect(errors('arn:aws:kinesis:us-west-2:111122223333:stream/a')).toEqual(['E3633']);
  expect(errors('{{resolve:ssm:/stream}}')).toEqual([]);
});
