import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { LIST_PATH, namedEntryPath } from '../../src/functions/lib/node-folder.ts';
import { aws } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

describe.skipIf(!hasPython())('verify', () => {
  let moto: Moto;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-verify-'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await moto?.stop();
  });
  beforeEach(() => moto.reset());

  const run = (...argv: string[]) => runCli([...argv, '--endpoint-url', moto.url], { cwd });
  const cli = async (...argv: string[]) => {
    const { code, stderr } = await aws(argv, { endpointUrl: moto.url, cwd });
    expect(code, stderr).toBe(0);
  };
  const place = ['--to', 's3://my-releases/p'];
  const failing = async (...argv: string[]) => {
    const { code, out } = await run(...argv, '--json');
    return { code, found: JSON.parse(out).diagnostics.map((d: { code: string }) => d.code) };
  };

  describe('a release', () => {
    let manifest: string;
    beforeEach(async () => {
      expect((await run('bucket', 'create', ...place)).code).toBe(0);
      await withoutDenials('my-releases', { endpointUrl: moto.url });
      const { out } = await run('publish', '--version', '1.0.0', ...place, '--json');
      manifest = JSON.parse(out).manifestSha256;
    });

    test('by version, channel and hash', async () => {
      const { code, out } = await run('verify', ...place, '--version', '1.0.0', '--manifest', manifest.toUpperCase());
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringMatching(
          new RegExp(
            `^Release 1\\.0\\.0: \\d+ files .*\\nManifest: SHA-256 ${manifest}\\nBill of materials: sbom.*\\nBuilt by .*\\n$`,
          ),
        ),
      });
      expect((await run('verify', ...place)).out).toBe(out);
      const other = ['--manifest', '0'.repeat(64)];
      expect(await failing('verify', ...place, ...other)).toEqual({ code: 1, found: ['PL7002'] });
      expect((await run('verify', ...place, '--manifest', 'abc')).code).toBe(2);
    });

    test('a file that was changed, and one that was removed', async () => {
      const key = 's3://my-releases/p/releases/1.0.0';
      writeFileSync(join(cwd, 'evil'), 'evil');
      await cli('s3', 'cp', 'evil', `${key}/lifecycle-scripts/on_init_complete.sh`);
      await cli('s3', 'rm', `${key}/templates/cluster.yaml`);
      expect(await failing('verify', ...place)).toEqual({ code: 1, found: ['PL4021', 'PL4022'] });
    });

    test('the release behind a link, and what the link fills in', async () => {
      const links = await run('links', ...place, '--version', '1.0.0', '--stack', 'cluster', '--json');
      const { url } = JSON.parse(links.out).links[0];
      const good = await run('verify', url);
      expect(good).toMatchObject({ code: 0, err: '' });
      expect(good.out).toContain(`Manifest: SHA-256 ${manifest}`);
      expect(good.out).toContain('in us-west-2, from the bucket my-releases.');
      expect(good.out).toMatch(/Template cluster\.yaml: SHA-256 [0-9a-f]{64}\n$/);
      const evil = await run('verify', `${url}&param_NodeBucketName=sagemaker-x`);
      expect(evil.err).toContain('warning PL7003');
      expect(evil.out).toContain('It fills in NodeBucketName: sagemaker-x');
    });
  });

  describe('the bucket of the nodes', () => {
    const { files, json, sha256 } = readAssets();
    const entry = files.find(({ path }) => path.endsWith('/on_init_complete.sh'))!;
    const copied = [
      ...files,
      { path: namedEntryPath(sha256), bytes: entry.bytes },
      { path: LIST_PATH, bytes: Buffer.from(json) },
    ];
    const verify = () => failing('verify', '--bucket', 'sagemaker-nodes');
    beforeEach(async () => {
      const folder = join(cwd, 'copied');
      rmSync(folder, { recursive: true, force: true });
      const { makeFolder } = await import('../../src/files/make-folder.ts');
      for (const { path, bytes } of copied) {
        makeFolder(join(folder, sha256, path, '..'));
        writeFileSync(join(folder, sha256, path), bytes);
      }
      await cli('s3', 'mb', 's3://sagemaker-nodes');
      await cli('s3', 'sync', 'copied', 's3://sagemaker-nodes');
    });
    const put = (key: string) => {
      writeFileSync(join(cwd, 'evil'), 'import os\n');
      return cli('s3', 'cp', 'evil', `s3://sagemaker-nodes/${key}`);
    };
    const remove = (key: string) => cli('s3', 'rm', `s3://sagemaker-nodes/${key}`);

    test('as it was copied', async () => {
      const { code, out } = await run('verify', '--bucket', 'sagemaker-nodes');
      expect({ code, out }).toEqual({
        code: 0,
        out: `${sha256}: ${files.length} files\nAll files of sagemaker-nodes are what their lists say.\n`,
      });
    });

    test.each<[string, () => Promise<void>]>([
      ['a file that shadows the standard library', () => put(`${sha256}/lifecycle-scripts/argparse.py`)],
      ['a changed file', () => put(`${sha256}/${entry.path}`)],
      ['a changed entry script', () => put(`${sha256}/${namedEntryPath(sha256)}`)],
      ['a removed file', () => remove(`${sha256}/${entry.path}`)],
      ['a file beside', () => put('on_init_complete.sh')],
    ])('%s', async (_, attack) => {
      await attack();
      expect(await verify()).toEqual({ code: 1, found: ['PL7004'] });
    });

    test('a list that was changed, or another bucket', async () => {
      await put(`${sha256}/${LIST_PATH}`);
      expect((await verify()).found).toContain('PL7005');
      await cli('s3', 'rm', 's3://sagemaker-nodes', '--recursive');
      expect(await verify()).toEqual({ code: 1, found: ['PL7005'] });
    });
  });
});
