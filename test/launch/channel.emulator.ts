import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';

const readable = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open-bucket/*' }],
});

describe.skipIf(!hasPython())('links --channel', () => {
  let moto: Moto;
  let cwd: string;
  beforeAll(async () => {
    moto = await startMoto();
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-channel-'));
    const cli = async (...argv: string[]) => expect((await aws(argv, { endpointUrl: moto.url, cwd })).code).toBe(0);
    const channel = { channel: 'stable', version: '1.2.3', manifestSha256: 'a'.repeat(64) };
    writeFileSync(join(cwd, 'stable.json'), JSON.stringify(channel));
    writeFileSync(join(cwd, 'broken.json'), '{"channel": "broken"');
    for (const bucket of ['open-bucket', 'closed-bucket']) {
      await cli('s3', 'mb', `s3://${bucket}`);
      await cli('s3', 'sync', '.', `s3://${bucket}/p/channels/`);
    }
    await cli('s3api', 'put-bucket-policy', '--bucket', 'open-bucket', '--policy', readable);
  });
  afterAll(async () => {
    rmSync(cwd, { recursive: true });
    await moto?.stop();
  });

  const links = (to: string, channel: string) =>
    runCli(['links', '--to', to, '--channel', channel, '--endpoint-url', moto.url, '--json'], { cwd });

  test('pins the version that the channel names; the links lead to AWS all the same', async () => {
    const { code, out } = await links('s3://open-bucket/p', 'stable');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toHaveLength(3);
    expect(found[0].url).toContain(
      encodeURIComponent(
        'https://open-bucket.s3.us-west-2.amazonaws.com/p/releases/1.2.3/templates/prerequisites.yaml',
      ),
    );
  });

  test.each([
    ['a channel that is not there', 's3://open-bucket/p', 'latest', 'PL5009'],
    ['a bucket that does not let everyone read', 's3://closed-bucket/p', 'stable', 'PL5009'],
    ['a channel file that is broken', 's3://open-bucket/p', 'broken', 'PL4024'],
    ['a name that is none', 's3://open-bucket/p', '../x', 'PL4015'],
  ])('%s', async (_, to, channel, wanted) => {
    const { code, out } = await links(to, channel);
    expect(code).toBe(1);
    expect(JSON.parse(out).diagnostics).toMatchObject([{ code: wanted }]);
  });
});
