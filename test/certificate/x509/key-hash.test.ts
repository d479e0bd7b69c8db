import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { publicKeyHash } from '../../../src/certificate/x509/key-hash.ts';
import { make } from '../made.ts';

test('is what openssl and sha256sum say of the key', async () => {
  const { authority } = await make({ host: 'ldaps.example.com', now: new Date(), days: 1 });
  const line = 'openssl x509 -noout -pubkey | openssl pkey -pubin -outform der | sha256sum';
  const said = execFileSync('sh', ['-c', line], { input: authority, encoding: 'utf8' });
  expect(said).toBe(`${publicKeyHash(authority)}  -\n`);
});
