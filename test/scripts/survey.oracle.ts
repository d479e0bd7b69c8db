import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.mjs';
import { hasPython, pythonTool } from '../support/python-tools.ts';

describe.skipIf(!hasPython())('npm run survey', () => {
  let lib: string;
  let folder: string;
  let path: string;
  beforeAll(async () => {
    lib = mkdtempSync(join(process.cwd(), 'node_modules', '.podlaunch-survey-'));
    await bundle(process.cwd(), lib);
    cpSync('src/aws/generated/schemas', join(lib, 'schemas'), { recursive: true });
    path = [dirname(await pythonTool('cfn-lint', 'cfn-lint')), process.env['PATH']].join(delimiter);
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-survey-'));
    const bucket = (property: string) =>
      `Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: { ${property} }\n`;
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'good.yaml'), bucket('BucketName: my-bucket'));
    writeFileSync(join(folder, 'bad.template'), bucket('BucketNam: my-bucket'));
    writeFileSync(
      join(folder, 'deep/er/worse.json'),
      '{"Resources":{"B":{"Type":"AWS::S3::Bucket","Properties":{"A":1,"C":2}}}}',
    );
    writeFileSync(join(folder, 'deep/workflow.yaml'), 'on: push\n');
    writeFileSync(join(folder, 'node_modules/no.yaml'), bucket('BucketNam: my-bucket'));
  });
  afterAll(() => {
    rmSync(lib, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  const survey = (...args: readonly string[]) =>
    spawnSync('node', ['scripts/survey.mjs', ...args], {
      ...{ encoding: 'utf8', env: { ...process.env, PATH: path, PODLAUNCH_LIB: lib } },
    });

  test('findings and files by code, beside those of cfn-lint', () => {
    const { status, stdout, stderr } = survey(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`3 templates in ${folder} (1 other files)`);
    expect(stdout).toContain('| E3002 | error | 3 | 2 | 3 | 2 |\n');
    expect(stdout).toContain('podlaunch: an error in 2 files');
    expect(stdout).not.toContain('alone');
  });

  test('without a folder: how it is used', () => {
    const { status, stderr } = survey();
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'Usage: npm run survey -- FOLDER\n' });
  });
});
