import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws, awsJson, awsLine } from './aws-cli.ts';
import { type Moto, startMoto } from './moto.ts';
import { hasPython, pythonTool } from './python-tools.ts';

describe.skipIf(!hasPython())('moto and the AWS CLI', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  test('the CLI works on the emulator alone, and a reset forgets all', async () => {
    const options = { endpointUrl: moto.url };
    expect((await aws(['s3', 'mb', 's3://bucket-a'], options)).code).toBe(0);
    const before = await awsJson<{ Buckets: { Name: string }[] }>(['s3api', 'list-buckets'], options);
    expect(before.Buckets.map((bucket) => bucket.Name)).toEqual(['bucket-a']);
    await moto.reset();
    const after = await awsJson<{ Buckets?: unknown[] }>(['s3api', 'list-buckets'], options);
    expect(after.Buckets ?? []).toEqual([]);
  });

  test('a failure of the CLI is told, not thrown', async () => {
    const result = await aws(['s3api', 'head-bucket', '--bucket', 'no-such-bucket'], { endpointUrl: moto.url });
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain('404');
  });

  test.each(['s3api list-buckets', 's3api head-bucket --bucket no-such-bucket', 's3api no-such-command'])(
    'the CLI says the same in a fork and as a program of its own: %s',
    async (line) => {
      const options = { endpointUrl: moto.url };
      const [forked, own] = await Promise.all([aws(line.split(' '), options), awsLine(`aws ${line}`, options)]);
      expect(forked).toEqual(own);
    },
  );

  test('parallel callers get one environment', async () => {
    const paths = await Promise.all([pythonTool('moto', 'moto_server'), pythonTool('moto', 'moto_server')]);
    expect(paths[0]).toBe(paths[1]);
  });

  test('a stopped server answers no more', async () => {
    const other = await startMoto();
    await other.stop();
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
