import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import { writeTemplates } from '../../src/compile/write-templates.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { aws, awsEnvironment } from '../support/aws-cli.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';
import { settled, type Values } from '../support/stacks.ts';
import { type Launcher, parametersFrom, startLauncher } from './launcher.ts';

const FILES = { 'on_init_complete.sh': '#!/usr/bin/env bash\n', 'lib/join.py': 'print(1)\n' };
const ASSETS = assetsOf(FILES);
const TEMPLATES = compile(DEFAULTS, ASSETS);

describe.skipIf(!hasPython())('aws cloudformation deploy, from the files that compile writes', () => {
  let launcher: Launcher;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-deploy-'));
    writeTemplates(TEMPLATES, ASSETS, join(folder, 'dist'));
    launcher = await startLauncher();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await launcher?.stop();
  });

  /** `deploy` looks every 30 seconds whether it is done, so nobody waits for it here but the end of the test. */
  const deploy = ({ stack, file }: CompiledTemplate, parameters: Values) => {
    const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    const template = [
      '--template-file',
      join(folder, 'dist', file),
      '--capabilities',
      'CAPABILITY_IAM',
      '--no-fail-on-empty-changeset',
    ];
    const chosen = overrides.length > 0 ? ['--parameter-overrides', ...overrides] : [];
    return aws(['cloudformation', 'deploy', '--stack-name', stack, ...template, ...chosen], launcher.aws);
  };
  const untilMade = async (stack: StackName, deployed: ReturnType<typeof deploy>) => {
    await expect
      .poll(() => aws(['cloudformation', 'describe-stack-events', '--stack-name', stack], launcher.aws), {
        timeout: 60_000,
      })
      .toMatchObject({ code: 0, stdout: expect.stringMatching(/"CREATE_COMPLETE"/) });
    const made = await settled(stack, launcher.aws);
    if (made.status !== 'CREATE_COMPLETE') throw new Error((await deployed).stderr);
    return made;
  };

  test('the three in order, without a release: an output says how the scripts get into the bucket', async () => {
    const [first, second, third] = TEMPLATES as [CompiledTemplate, CompiledTemplate, CompiledTemplate];
    const deployed = [deploy(first, {})];
    const prerequisites = await untilMade('prerequisites', deployed[0]!);
    deployed.push(
      deploy(second, { ...parametersFrom(second, prerequisites), CertificateArn: launcher.certificateArn }),
    );
    const directory = await untilMade('directory', deployed[1]!);
    deployed.push(deploy(third, parametersFrom(third, prerequisites, directory)));
    await untilMade('cluster', deployed[2]!);
    for (const { code, stderr } of await Promise.all(deployed))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    // What Python and editors leave in a clone does not travel: a node would refuse it.
    for (const [path, text] of Object.entries({ ...FILES, '__pycache__/a.pyc': 'x', '.a.swp': 'x', 'a.sh~': 'x' })) {
      mkdirSync(dirname(join(folder, 'lifecycle-scripts', path)), { recursive: true });
      writeFileSync(join(folder, 'lifecycle-scripts', path), text);
    }
    const { CopyScriptsCommand, NodeBucketName } = prerequisites.outputs;
    const PATH = `${dirname(await pythonTool('awscli', 'aws'))}:${process.env['PATH']}`;
    const env = { ...awsEnvironment(launcher.aws), PATH };
    await promisify(execFile)('sh', ['-c', CopyScriptsCommand!], { cwd: folder, env });
    const { Contents } = await launcher.cli('s3api', 'list-objects-v2', '--bucket', NodeBucketName!);
    expect(Contents.map(({ Key }: any) => Key)).toEqual(Object.keys(copiesOf(ASSETS)).sort());
  });

  test('deployed again, nothing changes and that is no error', async () => {
    const { code, stdout, stderr } = await deploy(TEMPLATES[0]!, {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('No changes to deploy');
  });
});
