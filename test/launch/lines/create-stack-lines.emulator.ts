import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { posixLine } from '../../../src/launch/lines/create-stack-lines.ts';
import { aws, awsJson, awsLine } from '../../support/aws-cli.ts';
import { bashArguments } from '../../support/bash.ts';
import { type Ministack, startMinistack } from '../../support/ministack.ts';
import { hasPython } from '../../support/python-tools.ts';
import { HOSTILE } from './hostile.ts';

describe('a line for a POSIX shell', () => {
  test.each([
    ['sh', (text: string) => ['-c', text]],
    ['bash', bashArguments],
  ] as const)('%s hands on every value as it is', (shell, withText) => {
    for (const value of HOSTILE) {
      const line = posixLine({
        region: 'us-west-2',
        stackName: 'x',
        templateUrl: `https://b/${value}`,
        makesIam: true,
        parameters: { ClusterName: value },
      });
      const printed = execFileSync(shell, withText(`aws() { printf '%s\\0' "$@"; }; ${line}`), {
        encoding: 'utf8',
        env: { LANG: 'C' },
      });
      const words = printed.split('\0').slice(0, -1);
      expect(words.slice(0, 2)).toEqual(['cloudformation', 'create-stack']);
      expect(words[words.indexOf('--template-url') + 1]).toBe(`https://b/${value}`);
      expect(JSON.parse(words.at(-1)!)).toEqual([{ ParameterKey: 'ClusterName', ParameterValue: value }]);
    }
  });

  describe.skipIf(!hasPython())('with the AWS CLI', () => {
    let cloud: Ministack;
    let cwd: string;
    beforeAll(async () => {
      cloud = await startMinistack();
      cwd = mkdtempSync(join(tmpdir(), 'podlaunch-lines-'));
      const template = {
        Parameters: Object.fromEntries(HOSTILE.map((_, at) => [`P${at}`, { Type: 'String' }])),
        Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      };
      writeFileSync(join(cwd, 'template.json'), JSON.stringify(template));
      const bucket = ['--bucket', 'lines'];
      await aws(
        ['s3api', 'create-bucket', ...bucket, '--create-bucket-configuration', 'LocationConstraint=us-west-2'],
        cloud.aws,
      );
      await aws(['s3api', 'put-object', ...bucket, '--key', 'template.json', '--body', 'template.json'], {
        ...cloud.aws,
        cwd,
      });
    });
    afterAll(async () => {
      rmSync(cwd, { recursive: true });
      await cloud?.stop();
    });

    test('CloudFormation gets every value as it is', async () => {
      const parameters = Object.fromEntries(HOSTILE.map((value, at) => [`P${at}`, value]));
      const line = posixLine({
        region: 'us-west-2',
        stackName: 'lines',
        templateUrl: `${cloud.url}/lines/template.json`,
        makesIam: true,
        parameters,
      });
      const { code, stderr } = await awsLine(line, { ...cloud.aws, cwd });
      expect(code, stderr).toBe(0);
      type Answer = { Stacks: { Parameters: { ParameterKey: string; ParameterValue: string }[] }[] };
      const { Stacks } = await awsJson<Answer>(['cloudformation', 'describe-stacks', '--stack-name', 'lines'], {
        ...cloud.aws,
      });
      expect(Object.fromEntries(Stacks[0]!.Parameters.map((each) => [each.ParameterKey, each.ParameterValue]))).toEqual(
        parameters,
      );
    });
  });
});
