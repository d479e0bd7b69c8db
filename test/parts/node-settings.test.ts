import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { dataOf } from '../support/compiled.ts';
import { settingsValidator } from '../support/settings-schema.ts';

const validate = settingsValidator();

/** The longest values that the templates let through. */
const LONGEST: Record<string, string> = {
  ClusterName: 'c'.repeat(63),
  DomainName: `${'d'.repeat(31)}.${'e'.repeat(32)}`,
  BindSecretArn: `arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:${'s'.repeat(64)}-a1b2c3`,
  CertificateArn: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
  PasswordLogin: 'false',
  JoinFailure: 'retry',
  HomeRoot: `/${'m'.repeat(254)}/home`,
};

/** The document as CloudFormation would write it for these parameters. */
function document(config: Config, values: Record<string, string>): string {
  const cluster = dataOf('cluster', config);
  const { NodeSettings, VouchedSettings } = cluster.Resources;
  expect(VouchedSettings.Properties.SecretString, 'the same text').toEqual(NodeSettings.Properties.Value);
  const [text] = NodeSettings.Properties.Value['Fn::Sub'];
  const domain = values['DomainName']!;
  const derived = { SearchBase: `DC=${domain.replaceAll('.', ',DC=')}`, LdapsHost: `ldaps.${domain}` };
  const all: Record<string, string> = { ...values, ...derived };
  return text.replaceAll(/\$\{(\w+)\}/g, (_: string, name: string) => all[name] ?? expect.fail(`no value for ${name}`));
}

describe('node settings', () => {
  test('the default cluster writes what the scripts read', () => {
    const settings = JSON.parse(document(DEFAULTS, { ...LONGEST, DomainName: 'hyperpod.abc123.com' }));
    expect(validate(settings), JSON.stringify(validate.errors)).toBe(true);
    expect(settings).toMatchObject({
      schemaVersion: 1,
      directory: { searchBase: 'DC=hyperpod,DC=abc123,DC=com', ldapsHost: 'ldaps.hyperpod.abc123.com' },
      groups: [
        { name: 'ClusterAdmin', logIn: ['Controller', 'Login', 'Compute'], sudo: true },
        { name: 'ClusterDev', logIn: ['Login', 'Compute'], sudo: false },
      ],
      instanceGroups: [
        { name: 'controller-machine', nodeType: 'Controller' },
        { name: 'login-group', nodeType: 'Login' },
        { name: 'worker-group-1', nodeType: 'Compute' },
      ],
      passwordLogin: false,
    });
  });

  test('who may reach the metadata service is compiled in, and the LDAPS host follows from the domain: no link can change them', () => {
    const open = { ...DEFAULTS, nodes: { ...DEFAULTS.nodes, userMetadataAccess: 'open' as const } };
    expect(JSON.parse(document(open, LONGEST)).userMetadataAccess).toBe('open');
    expect(JSON.parse(document(DEFAULTS, LONGEST)).userMetadataAccess).toBe('closed');
    const { Parameters } = dataOf('cluster', open);
    expect(Object.keys(Parameters).filter((name) => /metadata|host/i.test(name))).toEqual([]);
  });

  test('with 20 groups of each kind and the longest values it fits an SSM parameter', () => {
    const name = (index: number, length: number) => `g${index}`.padEnd(length, 'x');
    const workers = Array.from({ length: 18 }, (_, index) => ({
      ...{ name: name(index, 63), type: 'ml.p5.48xlarge', count: 1, disk: 0, partition: 'gpu' },
    }));
    const groups = Array.from({ length: 20 }, (_, index) => ({
      ...{ name: name(index, 64), logIn: ['Controller', 'Login', 'Compute'] as const, sudo: true },
    }));
    const config = {
      ...DEFAULTS,
      cluster: { ...DEFAULTS.cluster, workers },
      directory: { ...DEFAULTS.directory, groups },
    };
    const text = document(config, LONGEST);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
  });
});
