import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { settingsDocument } from '../../src/pipelines/settings-document.ts';
import { VARIANTS } from '../support/compiled-variants.ts';
import { settingsValidator } from '../support/settings-schema.ts';

const validate = settingsValidator();
const settingsOf = (config: Config) => settingsDocument(compile(config, { sha256: 'a'.repeat(64) })) as any;

test('what a launcher can change stands in it as this configuration has it', () => {
  const settings = settingsOf({
    ...DEFAULTS,
    directory: { ...DEFAULTS.directory, domain: 'corp.example.com' },
    cluster: { ...DEFAULTS.cluster, name: 'research' },
    nodes: { ...DEFAULTS.nodes, joinFailure: 'fail', passwordLogin: false, offlineSeconds: 9 },
    storage: { ...DEFAULTS.storage, mountPath: '/data' },
  });
  expect(validate(settings), JSON.stringify(validate.errors)).toBe(true);
  expect(settings).toMatchObject({
    clusterName: 'research',
    directory: { domain: 'corp.example.com', searchBase: 'DC=corp,DC=example,DC=com' },
    homeRoot: '/data/home',
    passwordLogin: false,
    joinFailure: 'fail',
    offlineSeconds: 9,
  });
});

test.each(VARIANTS)('%s: keeps to the schema', (_, templates) => {
  expect(validate(settingsDocument(templates)), JSON.stringify(validate.errors)).toBe(true);
});

test('a name with a dollar stays as it is', () => {
  const groups = [{ name: 'a${ClusterName}', logIn: ['Login' as const], sudo: false }];
  const settings = settingsOf({ ...DEFAULTS, directory: { ...DEFAULTS.directory, groups } });
  expect(settings.groups[0].name).toBe('a${ClusterName}');
});

test('the examples are values that the parameters take', () => {
  const { Parameters } = compile(DEFAULTS, { sha256: 'a'.repeat(64) })[2]!.value as any;
  const { directory } = settingsOf(DEFAULTS);
  for (const [name, key] of Object.entries({
    ...{ BindSecretArn: 'bindSecretArn', CertificateArn: 'certificateArn' },
  })) {
    expect(directory[key]).toMatch(new RegExp(Parameters[name].AllowedPattern));
  }
});
