import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

describe('diff', () => {
  let cwd: string;
  const run = (...argv: string[]) => runCli(['diff', ...argv], { cwd });
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const QUEUE = (name: string) =>
    `Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: ${name}\n`;

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-diff-'));
    write('a.yaml', QUEUE('a'));
    write('b.yaml', QUEUE('b'));
    write('broken.yaml', 'Resources: [\n');
    write('list.yaml', '- a\n');
    mkdirSync(join(cwd, 'empty'));
    const published = await runCli(['publish', '--to', './releases-here', '--version', '1.0.0', '--yes'], { cwd });
    expect(published.code, published.err).toBe(0);
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  test('of two templates, for people and machines', async () => {
    const text = await run('a.yaml', 'b.yaml');
    expect(text.code).toBe(0);
    expect(text.out).toBe(
      'b.yaml: 1 replaced\n  Resources\n    ± Q (AWS::SQS::Queue) is replaced; the old one is deleted\n' +
        '        QueueName: "a" → "b"; replaces it\n',
    );
    const json = JSON.parse((await run('a.yaml', 'b.yaml', '--json')).out);
    expect(json.templates[0].diff.resources[0]).toMatchObject({ name: 'Q', action: 'replace', chance: 'yes' });
    expect((await run('a.yaml', 'b.yaml', '--format', 'markdown')).out).toContain('## From `a.yaml` to `b.yaml`');
  });

  test('fails where it must not find what it finds', async () => {
    expect((await run('a.yaml', 'b.yaml', '--fail-on', 'replace')).code).toBe(1);
    expect((await run('a.yaml', 'a.yaml', '--fail-on', 'any')).code).toBe(0);
    expect((await run('a.yaml', 'b.yaml', '--fail-on', 'sometimes')).code).toBe(2);
  });

  test('of a release, its channel and its folder with the configuration', async () => {
    const same = { code: 0, out: 'Nothing differs.\n' };
    for (const name of ['1.0.0', 'latest', './releases-here/releases/1.0.0']) {
      expect(await run(name, '--to', './releases-here'), name).toMatchObject(same);
    }
    write('podlaunch.yaml', 'cluster:\n  workers:\n    - name: gpu\n      type: ml.p5.48xlarge\n      count: 2\n');
    const { out } = await run('latest', '--to', './releases-here');
    rmSync(join(cwd, 'podlaunch.yaml'));
    expect(out).toMatch(/^cluster\.yaml: /m);
    expect(out).toContain('~ Cluster (AWS::SageMaker::Cluster) ');
  });

  test('of a launchpad, of what compile wrote, and of a folder of a release', async () => {
    await runCli(['compile', '--out', 'compiled'], { cwd });
    expect((await run('compiled')).out).toBe('Nothing differs.\n');
    const templates = './releases-here/releases/1.0.0/templates';
    for (const one of ['launchpad', 'launchpad-trial', 'prerequisites', 'directory', 'cluster'])
      expect((await run(`${templates}/${one}.yaml`, '--to', './releases-here')).out, one).toBe('Nothing differs.\n');
    expect((await run(`${templates}/launchpad-trial.yaml`, templates)).out).toBe('Nothing differs.\n');
  });

  test('refuses what it cannot compare, with a next step', async () => {
    const codes = async (...argv: string[]) => {
      const { code, out } = await run(...argv, '--to', './releases-here', '--json');
      return [code, ...JSON.parse(out).diagnostics.map((one: { code: string }) => one.code)];
    };
    expect(await codes('./no-such.yaml', 'a.yaml')).toEqual([1, 'PL8001']);
    expect(await codes('empty', 'a.yaml')).toEqual([1, 'PL8002']);
    expect(await codes('list.yaml', 'a.yaml')).toEqual([1, 'PL8003']);
    expect((await codes('a.yaml', 'broken.yaml'))[1]).toMatch(/^E0000$/);
    expect(await codes('2.0.0', 'a.yaml')).toEqual([1, 'PL5010']);
    expect(await codes('nightly', 'a.yaml')).toEqual([1, 'PL5009']);
  });
});
