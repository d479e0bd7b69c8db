import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import { writeTemplates } from '../../src/compile/write-templates.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { aws, awsLine } from '../support/aws-cli.ts';
import { hasPython } from '../support/python-tools.ts';
import { type Stack, settled, type Values } from '../support/stacks.ts';
import { type Launcher, startLauncher } from './launcher.ts';

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

  test('the three in order, without a release: outputs are the lines for the next one, and for the scripts', async () => {
    const deployed = [deploy(TEMPLATES[0]!, {})];
    const prerequisites = await untilMade('prerequisites', deployed[0]!);
    const next = (stack: Stack) => {
      const line = stack.outputs['NextLink']!.replace('=VALUE', `=${launcher.certificateArn}`);
      return awsLine(line, { ...launcher.aws, cwd: folder });
    };
    deployed.push(next(prerequisites));
    const directory = await untilMade('directory', deployed[1]!);
    deployed.push(next(directory));
    await untilMade('cluster', deployed[2]!);
    for (const { code, stderr } of await Promise.all(deployed))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    // What Python and editors leave in a clone does not travel: a node would refuse it.
    for (const [path, text] of Object.entries({ ...FILES, '__pycache__/a.pyc': 'x', '.a.swp': 'x', 'a.sh~': 'x' })) {
      mkdirSync(dirname(join(folder, 'lifecycle-scripts', path)), { recursive: true });
      writeFileSync(join(folder, 'lifecycle-scripts', path), text);
    }
    const { CopyScriptsCommand, NodeBucketName } = prerequisites.outputs;
    const copied = await awsLine(CopyScriptsCommand!, { ...launcher.aws, cwd: folder });
    expect({ code: copied.code, stderr: copied.stderr }).toEqual({ code: 0, stderr: '' });
    const { Contents } = await launcher.cli('s3api', 'list-objects-v2', '--bucket', NodeBucketName!);
    expect(Contents.map(({ Key }: any) => Key)).toEqual(Object.keys(copiesOf(ASSETS)).sort());
  });

  test('deployed again, nothing changes and that is no error', async () => {
    const { code, stdout, stderr } = await deploy(TEMPLATES[0]!, {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('No changes to deploy');
  });
});
