import { describe, expect, test } from 'vitest';
import { answerText } from '../../src/functions/lib/answer.ts';

const REQUEST = {
  RequestType: 'Create',
  ResponseURL: 'https://example.com/?Signature=c2lnbmVk',
  StackId: `arn:aws:cloudformation:us-west-2:123456789012:stack/${'s'.repeat(128)}/01234567-89ab-cdef-0123-456789abcdef`,
  RequestId: '01234567-89ab-cdef-0123-456789abcdef',
  LogicalResourceId: 'L'.repeat(255),
  ResourceProperties: {},
} as const;

describe('the answer to CloudFormation', () => {
  test('repeats the ids, and carries the reason as it is', () => {
    const { StackId, RequestId, LogicalResourceId } = REQUEST;
    const ids = { StackId, RequestId, LogicalResourceId };
    const failed = { Status: 'FAILED', Reason: 'It "broke".', PhysicalResourceId: 'id' } as const;
    expect(JSON.parse(answerText(REQUEST, failed))).toEqual({ ...failed, ...ids });
    const done = { Status: 'SUCCESS', PhysicalResourceId: 'id', Data: { Arn: 'arn' } } as const;
    expect(JSON.parse(answerText(REQUEST, done))).toEqual({ ...done, ...ids });
  });

  test.each(['a', '"', '\u0001', 'é', '𝒜'])('a reason of many %j is cut to what CloudFormation takes', (letter) => {
    const text = answerText(REQUEST, { Status: 'FAILED', Reason: letter.repeat(20_000), PhysicalResourceId: 'id' });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
    expect(Buffer.byteLength(text)).toBeGreaterThan(3000);
    const { Reason } = JSON.parse(text);
    expect(Reason).toBe(`${letter.repeat([...Reason].length - 1)}…`);
  });
});
