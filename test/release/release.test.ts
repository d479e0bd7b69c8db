import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { buildRelease } from '../../src/pipelines/build-release.ts';
import { builtFrom } from '../../src/pipelines/built-from.ts';
import { releaseVersion } from '../../src/pipelines/release-version.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import { mediaType } from '../../src/release/media-type.ts';
import { derivedVersion } from '../../src/release/version.ts';
import { ANYWHERE } from '../../src/stacks/release-location.ts';
import { VERSION } from '../../src/version.ts';
import { smallRelease } from '../publish/small-release.ts';
import { withoutNextLink } from '../support/next-link.ts';
import { codesOf } from '../support/refused.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('release', () => {
  const release = smallRelease('1.0.0');

  test('contains templates, assets.json, assets, the bill of materials and the provenance, sorted, each with its hash and media type', () => {
    expect(release.files.map(({ path, mediaType }) => [path, mediaType])).toEqual([
      ['assets.json', 'application/json'],
      ['lifecycle-scripts/on_init_complete.sh', 'text/x-shellscript; charset=utf-8'],
      ['lifecycle-scripts/tool/main.py', 'text/x-python; charset=utf-8'],
      ['provenance.intoto.json', 'application/json'],
      ['sbom.cdx.json', 'application/json'],
      ['templates/cluster.yaml', 'application/yaml'],
      ['templates/prerequisites.yaml', 'application/yaml'],
    ]);
    for (const { bytes, sha256 } of release.files) {
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  test('its manifest lists all of them, and is the same bytes each time', () => {
    const manifest = parseManifest(release.manifest.bytes, '1.0.0', 'here');
    expect(manifest).toEqual({
      schemaVersion: 1,
      version: '1.0.0',
      files: release.files.map(({ path, sha256, bytes, mediaType }) => ({
        path,
        sha256,
        size: bytes.length,
        mediaType,
      })),
    });
    expect(smallRelease('1.0.0').manifest).toEqual(release.manifest);
    expect(smallRelease('1.0.0', 'x').manifest.sha256).not.toBe(release.manifest.sha256);
  });

  test.each(['', '.', '..', '-a', 'a/b', 'a b', 'é', '1'.repeat(64), 'a\n'])('%j is not a version', (version) => {
    expect(codesOf(() => smallRelease(version))).toEqual(['PL4001']);
  });

  test.each(['1', '0.1.0-1a2b3c4d', 'A_b.C-2', '1'.repeat(63)])('%j is a version', (version) => {
    expect(smallRelease(version).version).toBe(version);
  });
});

describe('manifest that is not one', () => {
  const good = {
    schemaVersion: 1,
    version: '1',
    files: [{ path: 'a', sha256: 'a'.repeat(64), size: 1, mediaType: 'x' }],
  };
  const file = good.files[0]!;
  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['of another schema', { ...good, schemaVersion: 2 }],
    ['of another version', { ...good, version: '2' }],
    ['without files', { ...good, files: undefined }],
    ['with a path that leads out', { ...good, files: [{ ...file, path: '../a' }] }],
    ['with an absolute path', { ...good, files: [{ ...file, path: '/a' }] }],
    ['with a short hash', { ...good, files: [{ ...file, sha256: 'aa' }] }],
    ['with a negative size', { ...good, files: [{ ...file, size: -1 }] }],
    ['with no file', { ...good, files: [null] }],
  ])('%s', (_, value) => {
    expect(codesOf(() => parseManifest(new TextEncoder().encode(JSON.stringify(value)), '1', 'here'))).toEqual([
      'PL4002',
    ]);
  });

  test('bytes that are no JSON, or no text', () => {
    expect(codesOf(() => parseManifest(new TextEncoder().encode('{'), '1', 'here'))).toEqual(['PL4002']);
    expect(codesOf(() => parseManifest(new Uint8Array([0xff]), '1', 'here'))).toEqual(['PL4002']);
  });
});

describe('version', () => {
  const assets = readAssets();

  test('is the configured one, else one that anyone can work out with sha256sum', async () => {
    expect(await releaseVersion({ ...DEFAULTS, release: { version: '7' } }, assets)).toBe('7');
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-version-'));
    const templates = await compileRelease(DEFAULTS, assets, ANYWHERE);
    expect(templates.map(({ text }) => text).join(), 'what only a release has').toContain('CertificateFunction');
    for (const template of templates) writeFileSync(join(folder, template.file), template.text);
    writeFileSync(join(folder, 'assets.json'), assets.json);
    copyFileSync('src/release/generated/components.ts', join(folder, 'components.ts'));
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(builtFrom(DEFAULTS)));
    const listed = [...templates.map(({ file }) => file), 'assets.json', 'components.ts', 'settings.json'];
    const sums = execFileSync('sha256sum', listed, { cwd: folder });
    rmSync(folder, { recursive: true });
    const hash = createHash('sha256').update(sums).digest('hex').slice(0, 8);
    expect(await releaseVersion(DEFAULTS, assets)).toBe(`${VERSION}-${hash}`);
  });

  test('changes with every template, every file name, the assets and the settings', () => {
    const versions = [
      derivedVersion('1', [{ file: 'a', text: 'x' }], { sha256: '0' }, {}),
      derivedVersion('2', [{ file: 'a', text: 'x' }], { sha256: '0' }, {}),
      derivedVersion('1', [{ file: 'b', text: 'x' }], { sha256: '0' }, {}),
      derivedVersion('1', [{ file: 'a', text: 'y' }], { sha256: '0' }, {}),
      derivedVersion('1', [{ file: 'a', text: 'x' }], { sha256: '1' }, {}),
      derivedVersion('1', [{ file: 'a', text: 'x' }], { sha256: '0' }, { other: true }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('does not depend on sections of podlaunch.yaml that are in no template', async () => {
    const other: Config = {
      ...DEFAULTS,
      page: { title: 'Physics', colour: '#123456', origin: 'https://physics.example.com' },
      publish: { audience: 'org:o-abcdefghij', channel: 'next', to: 's3://physics', region: 'eu-west-1' },
      release: { minimumFrom: '1.2.3' },
      validate: { ignore: ['W'], include: ['I'], severity: ['PL3170=error'], strict: true },
    };
    expect(builtFrom(other)).toEqual(builtFrom(DEFAULTS));
    expect(await releaseVersion(other, assets)).toBe(await releaseVersion(DEFAULTS, assets));
  });

  test('does not depend on where the release goes, and the templates differ in that and in links alone', async () => {
    const folder = await buildRelease(DEFAULTS, assets);
    const home = { bucketName: 'my-bucket', bucketRegion: 'eu-west-1', prefix: 'team/' };
    const bucket = await buildRelease(DEFAULTS, assets, home);
    const { version } = bucket.release;
    expect(folder.release.version).toBe(version);
    const elsewhere = await buildRelease(DEFAULTS, assets, {
      bucketName: 'other',
      bucketRegion: 'us-west-2',
      prefix: '',
    });
    expect(elsewhere.release.version).toBe(version);
    const differences = bucket.templates.flatMap((template, i) => {
      const before = withoutNextLink(elsewhere.templates[i]!.text).split('\n');
      const after = withoutNextLink(template.text).split('\n');
      expect(after.length).toBe(before.length);
      return after.filter((line, n) => line !== before[n]).map((line) => line.trim());
    });
    const prefix = `team/releases/${version}/`;
    const place = [
      ...['Default: my-bucket', 'Default: eu-west-1', `Default: ${prefix}`, `AllowedValues: [${prefix}, '']`],
      `ConstraintDescription: Of the release of this template, such as ${prefix}; or empty.`,
    ];
    // In the launchpad, the trial, and prerequisites.
    expect(differences).toEqual([...place, ...place, ...place]);
    for (const { stack, text: compiled } of bucket.templates) {
      const stored = bucket.release.files.find(({ path }) => path === `templates/${stack}.yaml`)!;
      expect(text(stored.bytes)).toBe(compiled);
    }
  });
});

test('media types', () => {
  expect(mediaType('a/b.YAML')).toBe('application/yaml');
  expect(mediaType('README')).toBe('application/octet-stream');
  expect(mediaType('a.constructor')).toBe('application/octet-stream');
});
