import { describe, expect, test } from 'vitest';
import type { Config, DirectoryGroup } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { configWarnings } from '../../src/config/warnings.ts';

function withGroups(groups: readonly DirectoryGroup[], login = DEFAULTS.cluster.login): Config {
  return { ...DEFAULTS, directory: { ...DEFAULTS.directory, groups }, cluster: { ...DEFAULTS.cluster, login } };
}

const admin = (...logIn: DirectoryGroup['logIn']): DirectoryGroup => ({ name: 'Operators', logIn, sudo: true });

describe('sudo on some node types', () => {
  test('the default configuration has nothing to warn of', () => {
    expect(configWarnings(DEFAULTS)).toEqual([]);
  });

  test.each([
    [admin('Login'), 'the controller and workers'],
    [admin('Login', 'Compute'), 'the controller'],
    [admin('Controller', 'Compute'), 'login nodes'],
  ])('%j is root elsewhere too', (group, places) => {
    const found = configWarnings(withGroups([DEFAULTS.directory.groups[0]!, group]));
    expect(found).toMatchObject([{ code: 'PL1017', severity: 'warning', path: ['directory', 'groups', 1, 'sudo'] }]);
    expect(found[0]?.message).toContain(`root on ${places} too`);
  });

  test.each([
    ['without sudo', { ...admin('Login'), sudo: false }],
    ['that may log in nowhere', admin()],
    ['on all node types', admin('Controller', 'Login', 'Compute')],
  ])('a group %s is not warned of', (_, group) => {
    expect(configWarnings(withGroups([group]))).toEqual([]);
  });

  test('a cluster without login nodes does not ask for them', () => {
    expect(configWarnings(withGroups([admin('Controller', 'Compute')], null))).toEqual([]);
  });
});

test('the partition dev is HyperPod’s own', () => {
  const [group] = DEFAULTS.cluster.workers;
  const workers = [group!, { ...group!, name: 'more', partition: 'dev' }];
  expect(configWarnings({ ...DEFAULTS, cluster: { ...DEFAULTS.cluster, workers } })).toMatchObject([
    { code: 'PL1020', severity: 'warning', path: ['cluster', 'workers', 1, 'partition'] },
  ]);
});

describe('a domain that resolvers keep for themselves', () => {
  const called = (domain: string): Config => ({ ...DEFAULTS, directory: { ...DEFAULTS.directory, domain } });

  test.each(['corp.local', 'CORP.Local', 'a.b.localhost', 'corp.invalid'])('%s is warned of', (domain) => {
    expect(configWarnings(called(domain))).toMatchObject([
      { code: 'PL1021', severity: 'warning', path: ['directory', 'domain'] },
    ]);
  });

  test.each(['hyperpod.internal', 'corp.example.com', 'local.example.com', 'corp.locals'])('%s is not', (domain) => {
    expect(configWarnings(called(domain))).toEqual([]);
  });
});

test('Spot instances are not documented for Slurm', () => {
  const workers = [{ ...DEFAULTS.cluster.workers[0]!, capacity: 'Spot' as const }];
  const found = configWarnings({ ...DEFAULTS, cluster: { ...DEFAULTS.cluster, workers } });
  expect(found).toMatchObject([{ code: 'PL1023', path: ['cluster', 'workers', 0, 'capacity'] }]);
});

test('deep health checks need something to check', () => {
  const { controller, login, workers } = DEFAULTS.cluster;
  const checked = { deepHealthChecks: ['InstanceStress'] } as const;
  const cluster = {
    ...DEFAULTS.cluster,
    controller: { ...controller, ...checked },
    login: { ...login!, ...checked },
    workers: [
      { ...workers[0]!, ...checked },
      { ...workers[0]!, ...checked, type: 'ml.trn2.48xlarge' },
    ],
  };
  expect(configWarnings({ ...DEFAULTS, cluster }).map(({ code, path }) => [code, path!.slice(1, -1)])).toEqual([
    ['PL1024', ['controller']],
    ['PL1024', ['login']],
    ['PL1024', ['workers', 0]],
  ]);
});
