import { homedir, hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { buildRelease } from '../../src/pipelines/build-release.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import { verifyProvenance } from '../../src/verify/verify-provenance.ts';
import { VERSION } from '../../src/version.ts';
import { codesOf } from '../support/refused.ts';

const config = {
  ...DEFAULTS,
  publish: { ...DEFAULTS.publish, to: 's3://secret-place', signingKey: '/home/somebody/key.pem' },
};
const { release } = await buildRelease(config, readAssets());
const { files } = parseManifest(release.manifest.bytes, release.version, 'here');
const text = new TextDecoder().decode(release.files.find(({ path }) => path === 'provenance.intoto.json')!.bytes);
const verify = (statement: string) => verifyProvenance(new TextEncoder().encode(statement), files, 'there');

test('says what built the release, and of which settings', () => {
  expect(verify(text)).toBe(`pkg:npm/podlaunch@${VERSION}`);
  const { configuration } = JSON.parse(text).predicate.buildDefinition.externalParameters;
  expect(configuration.directory).toEqual(JSON.parse(JSON.stringify(DEFAULTS.directory)));
});

test('has no date, and nothing of the machine or of where it is published', () => {
  for (const word of [homedir(), hostname(), process.cwd(), `/${userInfo().username}/`, 'secret-place', 'somebody'])
    expect(text).not.toContain(word);
  expect(text).not.toMatch(/T\d\d:\d\d|startedOn|finishedOn/);
});

const edited = (edit: (statement: any) => void) => {
  const statement = JSON.parse(text);
  edit(statement);
  return JSON.stringify(statement);
};
test.each([
  ['no JSON', '{'],
  ['of another kind', edited((one) => Object.assign(one, { predicateType: 'https://example.com' }))],
  ['without a builder', edited((one) => delete one.predicate.runDetails)],
  ['with another hash', edited((one) => Object.assign(one.subject[0].digest, { sha256: '0'.repeat(64) }))],
  ['without a file', edited((one) => one.subject.shift())],
  ['with one more', edited((one) => one.subject.push({ ...one.subject[0], name: 'evil.sh' }))],
])('a provenance that is %s is refused', (_, statement) => {
  expect(codesOf(() => verify(statement))).toEqual(['PL7007']);
});
