import { expect, test } from 'vitest';
import { preflightFunction } from '../../src/functions/preflight/function.ts';
import { codeBlocks } from './code-blocks.ts';

test('the policy of docs/preflight.md allows what preflight asks, and nothing else', () => {
  const [policy] = codeBlocks('docs/preflight.md', 'json');
  const [statement, ...more] = JSON.parse(policy!).Statement;
  const asked = Object.values(preflightFunction.permissions).flatMap(({ actions }) => actions as readonly string[]);
  expect(statement).toMatchObject({ Effect: 'Allow', Action: asked.toSorted(), Resource: '*' });
  expect(more).toEqual([]);
});
