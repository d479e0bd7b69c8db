import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nodeLogGroup, nodesSaid, SAID_BY_NODES } from '../../src/status/node-status.ts';

const JOINED = 'podlaunch: 12 changes made; this node is a member of the directory';

/** What is known of one node whose log has these lines. */
const said = (...texts: readonly string[]) => {
  const lines = texts
    .filter((text) => SAID_BY_NODES.fits.test(text))
    .map((text) => ({ stream: 'LifecycleConfig/workers/i-1', text }));
  const [{ joined, codes } = { joined: undefined, codes: [] }] = nodesSaid(
    [{ id: 'i-1', group: 'workers', launchedAt: 0 }],
    lines,
  );
  return { joined, codes };
};

describe('what a node said when it was launched', () => {
  test.each([
    ['nothing yet', ['Setting up Slurm'], { joined: undefined, codes: [] }],
    ['it joined', ['podlaunch: sssd: written', JOINED], { joined: true, codes: [] }],
    ['a warning before it joined', ['podlaunch: PLN-ENDS: soon', JOINED], { joined: true, codes: [] }],
    [
      'faults, in a line of their own clock too, each once',
      [
        'podlaunch: PLN-TLS: no',
        'podlaunch:   what to do: look',
        '2026-01-02 podlaunch: PLN-DNS: no',
        'podlaunch: PLN-TLS: no',
      ],
      { joined: false, codes: ['PLN-DNS', 'PLN-TLS'] },
    ],
    [
      'a later run failed',
      ['podlaunch: PLN-DNS: no', JOINED, 'podlaunch: PLN-TLS: no'],
      { joined: false, codes: ['PLN-TLS'] },
    ],
    ['a later run joined', ['podlaunch: PLN-TLS: no', JOINED], { joined: true, codes: [] }],
  ] as const)('%s', (_, texts, expected) => expect(said(...texts)).toEqual(expected));

  test('a node of another stream, and one that has gone, are not in it', () => {
    const lines = [{ stream: 'LifecycleConfig/workers/i-2', text: JOINED }];
    expect(nodesSaid([{ id: 'i-1', group: 'workers', launchedAt: 0 }], lines)).toEqual([
      { id: 'i-1', group: 'workers', joined: undefined, codes: [] },
    ]);
  });

  test('the words are those of the node scripts', () => {
    const script = readFileSync('lifecycle-scripts/podlaunch_node/cli.py', 'utf8');
    expect(script.match(/node\.say\(f?".*this node is a member of the directory"\)/g)).toHaveLength(2);
    const log = readFileSync('lifecycle-scripts/podlaunch_node/system/log.py', 'utf8');
    expect(log).toContain('print(f"podlaunch: {line}"');
    expect(readFileSync('lifecycle-scripts/podlaunch_node/faults.py', 'utf8')).toContain(
      'return f"{self.code}: {self.message}"',
    );
  });

  test('the group of the logs is called by name and id', () => {
    const arn = 'arn:aws:sagemaker:us-west-2:123456789012:cluster/abc123';
    expect(nodeLogGroup('hyperpod', arn)).toBe('/aws/sagemaker/Clusters/hyperpod/abc123');
  });
});
