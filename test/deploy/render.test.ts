import { describe, expect, test } from 'vitest';
import { type Board, boardAfter, EMPTY, share } from '../../src/deploy/board.ts';
import type { StackChange } from '../../src/deploy/changes.ts';
import { type DeployEvent, hiding } from '../../src/deploy/events.ts';
import { changeOf } from '../../src/deploy/read-change.ts';
import { boardLines, clock, eventLine } from '../../src/deploy/render-board.ts';
import { changesAsText } from '../../src/deploy/render-changes.ts';

const plain = (_: number, text: string): string => text;
const coloured = (colour: number, text: string): string => `<${colour}>${text}</>`;

const change = (given: Partial<StackChange>): StackChange => ({
  ...{ action: 'add', id: 'Vpc', type: 'AWS::EC2::VPC', replaced: 'no', causes: [] },
  ...given,
});

describe('the tree of a change set', () => {
  const tree = [
    change({ id: 'Added' }),
    change({ action: 'modify', id: 'Changed', causes: ['Properties.Size (from Size)'] }),
    change({ action: 'remove', id: 'Gone', old: 'kept' }),
    change({ action: 'modify', id: 'Directory', replaced: 'yes', old: 'deleted', causes: ['Properties.Name'] }),
    change({
      action: 'modify',
      id: 'Inner',
      nested: [change({ id: 'Deep', replaced: 'maybe', action: 'modify', old: 'snapshot' })],
    }),
  ];

  test('what is replaced is first and red, what is nested is below its stack', () => {
    expect(changesAsText(tree, plain)).toBe(
      `├─ ± Directory (AWS::EC2::VPC) is REPLACED; the old one is deleted
│       Properties.Name
├─ - Gone (AWS::EC2::VPC) is no longer in the stack, but kept
├─ ~ Changed (AWS::EC2::VPC)
│       Properties.Size (from Size)
├─ ~ Inner (AWS::EC2::VPC)
│  └─ ± Deep (AWS::EC2::VPC) may be REPLACED; then the old one leaves a snapshot
└─ + Added (AWS::EC2::VPC)
1 replaced, 1 perhaps replaced, 1 removed, 2 changed, 1 new`,
    );
    const lines = changesAsText(tree, coloured).split('\n');
    for (const line of lines.filter((one) => /REPLACED|Gone/.test(one))) expect(line).toContain('<31>');
    expect(lines.find((line) => line.includes('Added'))).toContain('<32>');
  });

  test('nothing in it steers the terminal', () => {
    expect(changesAsText([change({ id: 'a\x1b[2Jb', action: 'modify', causes: ['c\x07d'] })], plain)).not.toMatch(
      /[\x00-\x09\x1b]/,
    );
  });

  test('is read from what CloudFormation says', () => {
    const replaced = {
      Action: 'Modify',
      LogicalResourceId: 'Cluster',
      ResourceType: 'AWS::SageMaker::Cluster',
      Replacement: 'True',
      PolicyAction: 'ReplaceAndRetain',
      Details: [{ Target: { Attribute: 'Properties', Name: 'ClusterName' }, CausingEntity: 'Name' }],
    } as const;
    expect(changeOf({ ResourceChange: { ...replaced, Details: [...replaced.Details] } as any })).toEqual({
      ...{ action: 'modify', id: 'Cluster', type: 'AWS::SageMaker::Cluster', replaced: 'yes', old: 'kept' },
      causes: ['Properties.ClusterName (from Name)'],
    });
    expect(
      changeOf({ ResourceChange: { Action: 'Modify', Replacement: 'Conditional', Scope: ['Tags'] } as any }),
    ).toMatchObject({ replaced: 'maybe', old: 'deleted', causes: ['Tags'] });
    expect(changeOf({ ResourceChange: { Action: 'Add' } as any })).not.toHaveProperty('old');
  });
});

describe('the live table', () => {
  const resource = (id: string, status: string, minute: number, more: object = {}): DeployEvent => ({
    ...{ event: 'resource', stack: 'lab', id, type: 'AWS::EC2::VPC', status, isStack: false },
    at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
    ...more,
  });
  const now = Date.UTC(2026, 0, 1, 12, 10);
  const directory = { type: 'AWS::DirectoryService::MicrosoftAD' };
  const board = [
    { event: 'plan', stack: 'lab', isNew: true, changes: [change({}), change({}), change({}), change({})] } as const,
    { event: 'started', stack: 'lab', id: 'arn', action: 'create', adopted: false } as const,
    resource('lab', 'CREATE_IN_PROGRESS', 0, { isStack: true }),
    resource('Vpc', 'CREATE_IN_PROGRESS', 1),
    resource('Vpc', 'CREATE_IN_PROGRESS', 2, { reason: 'Resource creation Initiated' }),
    resource('Vpc', 'CREATE_COMPLETE', 3),
    resource('Directory', 'CREATE_IN_PROGRESS', 4, directory),
    resource('Deep', 'CREATE_IN_PROGRESS', 5, { stack: 'nested' }),
    resource('Bucket', 'CREATE_FAILED', 6, { reason: 'It exists already' }),
  ].reduce<Board>(boardAfter, EMPTY);

  test('failures, then what goes on, then what is done, with times and how long it usually takes', () => {
    expect(boardLines(board, now, { columns: 100, rows: 24 }, plain)).toEqual([
      'lab  CREATE_IN_PROGRESS  10:00  [##########..........] 2 of 4  usually 24 min more',
      '  Bucket       CREATE_FAILED       0:00  It exists already',
      '  Directory    CREATE_IN_PROGRESS  6:00 of about 30 min',
      '  nested/Deep  CREATE_IN_PROGRESS  5:00',
      '  Vpc          CREATE_COMPLETE     2:00',
    ]);
  });

  test('fits in the room: no line wraps, the rest is counted', () => {
    const lines = boardLines(board, now, { columns: 40, rows: 7 }, plain);
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe('  and 1 more that are done');
    for (const line of lines) expect(line.length).toBeLessThan(40);
  });

  test('says that it tries again, until something is read', () => {
    const waiting = boardAfter(board, { event: 'waiting', stack: 'lab', why: 'no network' });
    expect(boardLines(waiting, now, { columns: 100, rows: 24 }, plain).at(-1)).toBe('  Trying again: no network');
    expect(boardAfter(waiting, resource('Vpc', 'UPDATE_IN_PROGRESS', 9)).trouble).toBe('');
  });

  test('what the change set will make is counted beside what goes on; that has begun is not counted twice', () => {
    const planned = ['Directory', 'Cluster', 'Vpc'].map((id) =>
      change({ id, type: { Directory: directory.type, Cluster: 'AWS::SageMaker::Cluster' }[id] ?? 'AWS::EC2::VPC' }),
    );
    const nested = change({ id: 'Inner', type: 'AWS::CloudFormation::Stack', nested: planned });
    const events: readonly DeployEvent[] = [
      { event: 'plan', stack: 'lab', isNew: true, changes: [nested] },
      resource('lab', 'CREATE_IN_PROGRESS', 0, { isStack: true }),
    ];
    const begun = events.reduce<Board>(boardAfter, EMPTY);
    expect(share(begun, now)).toEqual({ done: 0, of: 4, minutesLeft: 50 });
    const later = boardAfter(begun, resource('Directory', 'CREATE_IN_PROGRESS', 4, { ...directory, stack: 'nested' }));
    expect(share(later, now).minutesLeft).toBe(44);
    const made = boardAfter(later, resource('Directory', 'CREATE_COMPLETE', 9, { ...directory, stack: 'nested' }));
    expect(share(made, now)).toEqual({ done: 1, of: 4, minutesLeft: 20 });
    const updated = boardAfter(EMPTY, resource('Directory', 'UPDATE_IN_PROGRESS', 4, directory));
    expect(share(updated, now).minutesLeft).toBeUndefined();
  });

  test('while it is rolled back nobody says how long it takes', () => {
    const back = boardAfter(board, resource('lab', 'ROLLBACK_IN_PROGRESS', 7, { isStack: true }));
    expect(share(back, now).minutesLeft).toBeUndefined();
  });

  test('clocks, and the line of an event without a terminal', () => {
    expect([7_000, 750_000, 3_723_000, -5].map(clock)).toEqual(['0:07', '12:30', '1:02:03', '0:00']);
    const event = resource('Bucket', 'CREATE_FAILED', 6, { reason: 'a\nb' }) as Parameters<typeof eventLine>[0];
    expect(eventLine(event)).toBe('12:06:00  CREATE_FAILED  lab  Bucket (AWS::EC2::VPC): a\ufffdb');
  });
});

test('secrets are taken out of texts: whole, each line of them, and as JSON writes them', () => {
  const hide = hiding(['first line\nsecond "line"', 'abc', '', 'correct horse']);
  expect(hide('x first line y')).toBe('x **** y');
  expect(hide('{"a":"first line\\nsecond \\"line\\""}')).toBe('{"a":"****"}');
  expect(hide('correct horse, abc')).toBe('****, abc');
});
