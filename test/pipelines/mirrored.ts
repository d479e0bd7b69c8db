import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { S3Target } from '../../src/release/target.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { startMoto } from '../support/moto.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

/** Buckets `releases-REGION` of moto, with a proxy in front, and a folder with a podlaunch.yaml whose place is all of them. */
export interface Mirrored {
  readonly proxy: FaultProxy;
  readonly cwd: string;
  /** The mirror of a region, without the proxy. */
  target(region: string): S3Target;
  /** The text of an object below `p/` in the bucket of a region; undefined where there is none. */
  object(region: string, key: string): Promise<string | undefined>;
  /** Writes an object, or removes it where the text is undefined. */
  put(region: string, key: string, text: string | undefined): Promise<void>;
  run(...argv: readonly string[]): Promise<CliRun>;
  stop(): Promise<void>;
}

/** Starts mirrors without a release. Releases are signed: the public key is key.pub.pem. */
export async function startMirrored(regions: readonly string[]): Promise<Mirrored> {
  stubCredentials();
  const moto = await startMoto();
  const proxy = await startFaultProxy(moto.url);
  const cwd = mkdtempSync(join(tmpdir(), 'podlaunch-mirrors-'));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(cwd, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(cwd, 'key.pub.pem'), createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  const publish = `to: "s3://releases-{region}/p", regions: [${regions.join(', ')}], signingKey: ./key.pem`;
  writeFileSync(join(cwd, 'podlaunch.yaml'), `release: { version: 1.0.0 }\npublish: { ${publish} }\n`);
  const urlOf = (region: string, key: string) => `${moto.url}/releases-${region}/p/${key}`;
  const mirrored: Mirrored = {
    ...{ proxy, cwd },
    target: (region) => ({
      ...{ kind: 's3', bucket: `releases-${region}`, region, prefix: 'p/', endpointUrl: moto.url },
    }),
    async object(region, key) {
      const answer = await fetch(urlOf(region, key));
      return answer.ok ? answer.text() : undefined;
    },
    async put(region, key, text) {
      const client = new S3Client({ region, endpoint: moto.url, forcePathStyle: true });
      const place = { Bucket: `releases-${region}`, Key: `p/${key}` };
      await (text === undefined
        ? client.send(new DeleteObjectCommand(place))
        : client.send(new PutObjectCommand({ ...place, Body: text }))
      ).finally(() => client.destroy());
    },
    run: (...argv) => runCli([...argv, '--endpoint-url', proxy.url], { cwd }),
    async stop() {
      vi.unstubAllEnvs();
      rmSync(cwd, { recursive: true });
      await proxy.stop();
      await moto.stop();
    },
  };
  for (const region of regions) {
    const { code, err } = await mirrored.run('bucket', 'create', '--region', region);
    if (code !== 0) throw new Error(err);
    await withoutDenials(`releases-${region}`, { endpointUrl: moto.url, region });
  }
  return mirrored;
}
