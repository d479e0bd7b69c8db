import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-arguments-'));
  writeFileSync(join(cwd, 'bad.yaml'), 'cluster: [');
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Commands that ask nothing of a network, with words that mean something to them and words that do not. */
const command = fc.constantFrom('init', 'compile', 'links', 'password', 'help', 'lnks', '');
const word = fc.oneof(
  fc.constantFrom(
    ...[
      '--json',
      '--help',
      '-h',
      '--version',
      '1.0',
      '--config',
      'bad.yaml',
      '--out',
      'out',
      '--to',
      's3://my-bucket/p',
    ],
    ...[
      's3://',
      '--region',
      'us-west-2',
      '--launch-region',
      'cn-north-1',
      '--param',
      'A=b',
      'ClusterName=x',
      '=',
      '--stack',
    ],
    ...['cluster', '--format', 'html', 'json', 'obfuscate', '--', '-', '--unknown', '--param=ClusterName=a b'],
  ),
  fc.string({ maxLength: 8 }).filter((text) => !/[/\\]/.test(text)),
);

test('whatever the arguments: exit code 0, 1 or 2, words about it, and no bug', async () => {
  await fc.assert(
    fc.asyncProperty(command, fc.array(word, { maxLength: 6 }), fc.string(), async (name, words, stdin) => {
      const { code, out, err } = await runCli([name, ...(name === 'links' ? ['--offline'] : []), ...words], {
        cwd,
        env: { AWS_CONFIG_FILE: '/dev/null' },
        stdin,
      });
      expect([0, 1, 2]).toContain(code);
      expect(err).not.toContain('bug in podlaunch');
      expect(err + out).not.toMatch(/^ +at .*\.ts:\d+/m);
      if (code !== 0) expect(err + out).not.toBe('');
    }),
    { numRuns: 150 },
  );
});
