import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import { writeTemplates } from '../../src/compile/write-templates.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';
import { assetsOf } from '../support/assets.ts';
import { aws } from '../support/aws-cli.ts';
import { hasPython } from '../support/python-tools.ts';
import { settled, type Values } from '../support/stacks.ts';
import { type Launcher, parametersFrom, startLauncher } from './launcher.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\n' });
const TEMPLATES = compile(DEFAULTS, ASSETS);

describe.skipIf(!hasPython())('aws cloudformation deploy, from the files that compile writes', () => {
  let launcher: Launcher;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-deploy-'));
    writeTemplates(TEMPLATES, folder);
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
      join(folder, file),
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

    const command = prerequisites.outputs['CopyScriptsCommand']!;
    const bucket = prerequisites.outputs['NodeBucketName'];
    expect(command).toBe(`aws s3 sync lifecycle-scripts s3://${bucket}/${ASSETS.sha256}/lifecycle-scripts`);
  });

  test('deployed again, nothing changes and that is no error', async () => {
    const { code, stdout, stderr } = await deploy(TEMPLATES[0]!, {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('No changes to deploy');
  });
});
