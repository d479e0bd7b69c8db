import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lustre, node, priceList } from '../launch/prices/lists.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-estimate-'));
  writeFileSync(
    join(cwd, 'nodes.json'),
    priceList('AmazonSageMaker', [node('ml.c5.4xlarge', '1'), node('ml.m5.large', '2', '1')]),
  );
  writeFileSync(join(cwd, 'storage.json'), priceList('AmazonFSx', [lustre('250', '0.73')]));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const env = { AWS_CONFIG_FILE: '/dev/null' };
const run = (...argv: string[]) => runCli(argv, { cwd, env });

test('prices makes a file of lists, and estimate adds up by it', async () => {
  expect(await run('prices', 'nodes.json', 'storage.json')).toMatchObject({
    code: 0,
    out: 'Wrote prices.json.\nus-west-2: 1 instance types, 1 kinds of file system\n',
  });
  const { code, out } = await run('estimate', '--prices', 'prices.json', '--param', 'Worker1InstanceCount=4', '--json');
  expect(code).toBe(0);
  const { items, dollarsAnHour, region } = JSON.parse(out);
  expect(region).toBe('us-west-2');
  // 4 workers, and 1,200 GB at 0.73 a month; what has no price is not in the sum.
  expect(dollarsAnHour).toBeCloseTo(4 + 1.2);
  expect(items[0]).toEqual({ what: '4 × ml.c5.4xlarge (Worker1)', dollarsAnHour: 4 });
});

test('the same lists give the same file; what they say in two ways is named and left out', async () => {
  await run('prices', 'nodes.json');
  const before = readFileSync(join(cwd, 'prices.json'), 'utf8');
  await run('prices', 'nodes.json');
  expect(readFileSync(join(cwd, 'prices.json'), 'utf8')).toBe(before);
  writeFileSync(join(cwd, 'other.json'), priceList('AmazonSageMaker', [node('ml.c5.4xlarge', '9')]));
  const { err } = await run('prices', 'nodes.json', 'other.json');
  expect(err).toContain('Left out, because the lists give several prices: us-west-2 instances ml.c5.4xlarge.');
});

test('without --prices it is the price file of the configuration', async () => {
  await run('prices', 'nodes.json', '--out', 'of-release.json');
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'release: { prices: of-release.json }\n');
  expect((await run('estimate')).out).toContain('1.00   730.00  1 × ml.c5.4xlarge (Worker1)');
  await run('prices', 'storage.json');
  expect((await run('estimate', '--prices', 'prices.json')).out).toContain('unknown  1 × ml.c5.4xlarge (Worker1)');
});

test('without a price file everything is unknown', async () => {
  const { code, out } = await run('estimate');
  expect(code).toBe(0);
  expect(out).toContain('unknown  1 × ml.c5.4xlarge (Worker1)');
  expect(out).toContain('There is no price file');
});

test.each([
  [['prices', 'missing.json'], 'PL0005'],
  [['prices', 'prices-of-nobody.json'], 'PL0005'],
  [['estimate', '--prices', 'missing.json'], 'PL0005'],
  [['estimate', '--prices', 'nodes.json'], 'PL5019'],
  [['estimate', '--param', 'Worker1InstanceCount=many'], 'PL5006'],
  [['estimate', '--param', 'Nothing=1'], 'PL5004'],
])('%j is refused: %s', async (argv, expected) => {
  const { code, out } = await run(...argv, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out).diagnostics.map((d: { code: string }) => d.code)).toEqual([expected]);
});
