import { expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { exampleSettings } from '../../src/stacks/example-settings.ts';
import { dataOf } from '../support/compiled.ts';
import { CONFIGS } from '../support/compiled-variants.ts';
import { resolved } from '../support/resolved.ts';
import { settingsValidator } from '../support/settings-schema.ts';

const validate = settingsValidator();

const changed: Config = {
  ...DEFAULTS,
  directory: {
    ...DEFAULTS.directory,
    domain: 'corp.example.com',
    groups: [{ name: 'a${ClusterName}', logIn: ['Login'], sudo: false }],
  },
  cluster: { ...DEFAULTS.cluster, name: 'research' },
  nodes: { ...DEFAULTS.nodes, joinFailure: 'fail', passwordLogin: false, offlineSeconds: 9 },
  storage: { ...DEFAULTS.storage, mountPath: '/data' },
};

test.each(Object.entries({ ...CONFIGS, changed }))(
  '%s: keeps to the schema, and is what the stack writes',
  (_, config) => {
    const settings = exampleSettings(config) as any;
    expect(validate(settings), JSON.stringify(validate.errors)).toBe(true);
    const value = dataOf('cluster', config);
    const { bindSecretArn, certificateArn } = settings.directory;
    const written = resolved(value, value.Resources.NodeSettings.Properties.Value, {
      DomainName: config.directory.domain,
      BindSecretArn: bindSecretArn,
      CertificateArn: certificateArn,
      FileSystemDnsName: 'fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com',
    });
    expect(JSON.parse(written)).toEqual(settings);
  },
);

test('what a launcher can change is in it as the configuration has it', () => {
  expect(exampleSettings(changed)).toMatchObject({
    clusterName: 'research',
    directory: { domain: 'corp.example.com', searchBase: 'DC=corp,DC=example,DC=com' },
    groups: [{ name: 'a${ClusterName}' }],
    homeRoot: '/data/home',
    passwordLogin: false,
    joinFailure: 'fail',
    offlineSeconds: 9,
  });
});

test('the examples are values that the parameters take', () => {
  const { Parameters } = dataOf('cluster');
  const { bindSecretArn, certificateArn } = (exampleSettings(DEFAULTS) as any).directory;
  expect(bindSecretArn).toMatch(new RegExp(Parameters.BindSecretArn.AllowedPattern));
  expect(certificateArn).toMatch(new RegExp(Parameters.CertificateArn.AllowedPattern));
});
