import { expect, test } from 'vitest';
import { error } from '../../src/diagnostics/diagnostic.ts';
import { Refusal } from '../../src/diagnostics/refusal.ts';
import { learn } from '../../src/status/known.ts';
import { statusText } from '../../src/status/render-status.ts';
import { versionOf } from '../../src/status/stack-status.ts';
import { problemsOf, type Status } from '../../src/status/status.ts';

const STACK = {
  name: 'lab-cluster',
  status: 'UPDATE_COMPLETE',
  version: '1.4.0',
  changedAt: '2026-01-02T03:04:05.678Z',
};
const WELL: Status = {
  region: 'us-west-2',
  project: 'lab',
  stacks: { known: [STACK, { ...STACK, name: 'lab-own', version: undefined, drift: { known: [] } }] },
  cluster: {
    known: {
      ...{ name: 'hyperpod', arn: 'cluster/abc', status: 'InService', failure: '', instances: [] },
      groups: [{ name: 'workers', type: 'ml.p5.48xlarge', wanted: 3, nodes: { Running: 2, Pending: 1 } }],
    },
  },
  nodes: {
    known: [
      { id: 'i-1', group: 'workers', joined: true, codes: [] },
      { id: 'i-2', group: 'workers', joined: false, codes: ['PLN-DNS', 'PLN-TLS'] },
      { id: 'i-3', group: 'workers', joined: undefined, codes: [] },
      { id: 'i-4', group: 'workers', joined: true, codes: [] },
    ],
  },
  certificate: { known: { arn: 'a', host: 'ldaps.lab', endsAt: '2026-06-01T00:00:00.000Z', daysLeft: 90 } },
  passwords: [
    { id: 'BindSecret', known: { secret: 'bind', age: 12, rotatesAt: '2026-02-01T00:00:00.000Z' } },
    { id: 'AdminSecret', unknown: 'AccessDenied: no' },
  ],
  targets: { known: [{ group: 'g', target: '10.0.0.4:389', health: 'healthy', reason: '' }] },
  newer: { known: { channel: 'latest', version: '1.5.0', isNewer: true } },
};

test('a status as text', () => {
  expect(statusText(WELL)).toBe(`Stacks
  lab-cluster  UPDATE_COMPLETE  2026-01-02T03:04  release 1.4.0
  lab-own  UPDATE_COMPLETE  2026-01-02T03:04
    as its template says

Cluster
  hyperpod  InService
    workers  ml.p5.48xlarge  3 wanted  1 Pending, 2 Running
      when they were launched: 2 joined, 1 PLN-DNS and PLN-TLS, 1 said nothing

Certificate
  ldaps.lab  90 days left (2026-06-01)

Passwords
  bind  set 12 days ago, rotated next on 2026-02-01
  AdminSecret  unknown: AccessDenied: no

Domain controllers behind the load balancer
  10.0.0.4:389  healthy  (g)

Release
  the channel latest names 1.5.0: podlaunch deploy`);
});

test('only what is certain is wrong', () => {
  expect(problemsOf(WELL)).toEqual([]);
  const unknown = { unknown: 'no network' };
  expect(problemsOf({ ...WELL, cluster: unknown, certificate: unknown, targets: unknown, newer: unknown })).toEqual([]);
  const bad: Status = {
    ...WELL,
    stacks: {
      known: [
        { ...STACK, status: 'ROLLBACK_COMPLETE' },
        { ...STACK, status: 'UPDATE_ROLLBACK_COMPLETE' },
        { ...STACK, status: 'DELETE_FAILED', drift: { known: [{ id: 'Vpc', type: 'AWS::EC2::VPC', is: 'deleted' }] } },
      ],
    },
    cluster: {
      known: { name: 'hyperpod', arn: 'a', status: 'Failed', failure: 'No capacity.', groups: [], instances: [] },
    },
    nodes: unknown,
    certificate: { known: { arn: 'a', host: 'ldaps.lab', endsAt: '', daysLeft: 3 } },
    targets: { known: [{ group: 'g', target: 't', health: 'unhealthy', reason: 'timeout' }] },
  };
  expect(problemsOf(bad)).toEqual([
    'The stack lab-cluster is ROLLBACK_COMPLETE.',
    'The stack lab-cluster is DELETE_FAILED.',
    '1 resources of lab-cluster are not as its template says.',
    'The cluster hyperpod has failed. No capacity.',
    'The certificate of ldaps.lab ends in 3 days.',
    'No domain controller answers the load balancer: nobody can log in for the first time.',
  ]);
  expect(statusText(bad)).toContain('\n    which nodes joined is unknown: no network\n');
  expect(statusText(bad)).toContain('\n\nWrong\n  The stack lab-cluster is ROLLBACK_COMPLETE.');
  expect(problemsOf({ ...WELL, stacks: unknown })).toEqual(['The stacks cannot be read: no network']);
});

test('whatever is thrown becomes a reason', async () => {
  const refusal = new Refusal([error({ code: 'PL8501', message: 'Could not read it.' })]);
  expect(await learn(() => Promise.reject(refusal))).toEqual({ unknown: 'Could not read it.' });
  const thrown = Object.assign(new Error('no entry\nmore'), { name: 'AccessDeniedException' });
  expect(await learn(() => Promise.reject(thrown))).toEqual({ unknown: 'AccessDeniedException: no entry' });
  expect(await learn(() => Promise.resolve(1))).toEqual({ known: 1 });
});

test('the version is the folder of the release that the template names', () => {
  expect(versionOf({ ReleaseKeyPrefix: 'team/podlaunch/releases/1.4.0/' })).toBe('1.4.0');
  expect(versionOf({ ReleaseKeyPrefix: 'releases/1.4.0/' })).toBe('1.4.0');
  expect(versionOf({ ReleaseKeyPrefix: '' })).toBeUndefined();
  expect(versionOf({})).toBeUndefined();
});
