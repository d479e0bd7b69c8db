import { expect, test } from 'vitest';
import { commentOf, why } from '../../src/aws/comments.ts';
import { type Condition, when } from '../../src/aws/conditions.ts';
import { stackOf } from '../../src/aws/frames.ts';
import { sub } from '../../src/aws/sub.ts';
import { takenBranches } from '../../src/aws/taken-branches.ts';

const A: Condition = { conditionName: 'A' };
const B: Condition = { conditionName: 'B' };
const json = (value: unknown) => JSON.parse(JSON.stringify(value));

test('a branch that its resource never takes is left out, however deep it is', () => {
  const value = {
    Id: when(A, 'made', 'there'),
    Names: [sub`x ${when(A, 'made', 'there')} y`],
    Else: when(B, 'b', 'c'),
  };
  expect(json(takenBranches(value, A))).toEqual({
    Id: 'made',
    Names: [{ 'Fn::Sub': ['x ${Value1} y', { Value1: 'made' }] }],
    Else: { 'Fn::If': ['B', 'b', 'c'] },
  });
});

test('within Fn::If the condition is known: true in one branch, false in the other', () => {
  const inner = when(A, 'yes', when(B, 'no, b', 'no'));
  const value = when(A, sub`1 ${inner}`, sub`2 ${inner}`);
  expect(json(takenBranches(value))).toEqual({
    'Fn::If': [
      'A',
      { 'Fn::Sub': ['1 ${Value1}', { Value1: 'yes' }] },
      { 'Fn::Sub': ['2 ${Value1}', { Value1: { 'Fn::If': ['B', 'no, b', 'no'] } }] },
    ],
  });
  expect(json(takenBranches(when(A, when(A, 1, 2), when(A, 3, 4)), B))).toEqual({ 'Fn::If': ['A', 1, 4] });
});

test('a condition of several others knows them all', () => {
  const parts = new Map([
    ['All', ['A', 'Both']],
    ['Both', ['B']],
  ]);
  const value = [when(A, 1, 2), when(B, 3, 4)];
  expect(takenBranches(value, { conditionName: 'All' }, parts)).toEqual([1, 3]);
  expect(json(takenBranches(value, { conditionName: 'Both' }, parts))).toEqual([{ 'Fn::If': ['A', 1, 2] }, 3]);
});

test('what has no such branch is the same object; a changed one keeps its comment and its place', () => {
  const same = { Id: when(B, 'b', 'c'), List: [1, { a: null }] };
  expect(takenBranches(same, A)).toBe(same);
  expect(takenBranches('text', A)).toBe('text');
  const noted = why('A reason.', { Id: when(A, 'made', 'there') });
  expect(commentOf(takenBranches(noted, A))).toBe('A reason.');
  const outer = when(B, when(A, 1, 2), 3);
  expect(stackOf(takenBranches(outer, A))).toBe(stackOf(outer));
});
