import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { bashArguments } from '../support/bash.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { installPacked } from '../support/packed.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';
import { codeBlocks, commandLines, PAGES_WITH_COMMANDS } from './code-blocks.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BUCKET = 'docs-releases';

/** Lines that are run elsewhere: clone.emulator.ts clones and starts, and these tests are run by `npm test`. */
const ELSEWHERE = ['git clone', 'npm ci', 'npm test'];

describe.skipIf(!hasPython())('every command of the documents, with the packed package in an empty folder', () => {
  let folder = '';
  let cloud: Ministack;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-docs-'));
    installPacked(folder);
    cpSync(join(folder, 'node_modules/podlaunch/dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'docs/launcher-policy.json'), join(folder, 'docs/launcher-policy.json'));
    cloud = await startMinistack();
    const aws = dirname(await pythonTool('awscli', 'aws'));
    env = { ...awsEnvironment(cloud.aws), PATH: `${aws}${delimiter}${process.env['PATH']}` };
  });

  afterAll(async () => {
    await cloud?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(PAGES_WITH_COMMANDS)('%s', { timeout: 300_000 }, async (page) => {
    rmSync(join(folder, 'podlaunch.yaml'), { force: true });
    for (const line of commandLines(join(ROOT, page))) {
      if (ELSEWHERE.some((start) => line.startsWith(start))) continue;
      const { status, stdout, stderr } = spawnSync('bash', bashArguments(await concrete(line)), {
        ...{ cwd: folder, env, encoding: 'utf8', input: 'a password of nobody\n' },
      });
      expect(status, `${line}\n${stdout}${stderr}`).toBe(0);
    }
  });

  test('the TypeScript of the README', () => {
    const [code] = codeBlocks(join(ROOT, 'README.md'), 'ts');
    writeFileSync(join(folder, 'example.js'), code!);
    const lines = execFileSync('node', ['example.js'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^prerequisites.yaml \d+$/),
      expect.stringMatching(/^directory.yaml \d+$/),
      expect.stringMatching(/^cluster.yaml \d+$/),
      expect.stringMatching(/^access.yaml \d+$/),
    ]);
  });

  /** The line with what a reader would fill in. */
  async function concrete(line: string): Promise<string> {
    const filled = line.replaceAll('YOUR-BUCKET', BUCKET);
    if (
      /^npx podlaunch (?:publish|rollback|releases|withdraw|keys list|changelog|links|page(?! template)|verify|bucket create) /.test(
        filled,
      )
    ) {
      const version = / (?:--version )?1\.0\.0/.test(filled) ? await publishedVersion() : '';
      return `${filled.replace(/ (--version )?1\.0\.0/, ` $1${version}`)} --endpoint-url ${cloud.url}`;
    }
    if (filled.includes('FILESYSTEMID')) return filled.replace('FILESYSTEMID', await fileSystemId());
    if (/--arn arn:/.test(filled)) return filled.replace(/--arn \S+/, `--arn ${await certificateArn()}`);
    return filled;
  }

  async function publishedVersion(): Promise<string> {
    const list = ['s3api', 'list-objects-v2', '--bucket', BUCKET, '--prefix', 'podlaunch/releases/'];
    const { Contents } = await awsJson<{ Contents: { Key: string }[] }>(list, cloud.aws);
    return Contents[0]!.Key.split('/')[2]!;
  }

  async function fileSystemId(): Promise<string> {
    type List = { FileSystems: { FileSystemId: string }[] };
    return (await awsJson<List>(['fsx', 'describe-file-systems'], cloud.aws)).FileSystems[0]!.FileSystemId;
  }

  async function certificateArn(): Promise<string> {
    type List = { CertificateSummaryList: { CertificateArn: string }[] };
    const { CertificateSummaryList } = await awsJson<List>(['acm', 'list-certificates'], cloud.aws);
    return CertificateSummaryList[0]!.CertificateArn;
  }
});
