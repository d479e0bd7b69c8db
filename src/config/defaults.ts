import type { Config } from './config.ts';

/** What podlaunch does without a podlaunch.yaml: the example of AWS's walk-through, on instance types that need no quota for GPUs. */
export const DEFAULTS: Config = {
  project: { name: 'podlaunch' },
  publish: { audience: 'public', channel: 'latest' },
  release: {},
  network: { cidr: '10.0.0.0/16' },
  directory: {
    domain: 'hyperpod.internal',
    shortName: 'hyperpod',
    edition: 'Standard',
    groups: [
      { name: 'ClusterAdmin', logIn: ['Controller', 'Login', 'Compute'], sudo: true },
      { name: 'ClusterDev', logIn: ['Login', 'Compute'], sudo: false },
    ],
  },
  cluster: {
    name: 'hyperpod',
    controller: { name: 'controller-machine', type: 'ml.c5.xlarge', count: 1, disk: 0 },
    login: { name: 'login-group', type: 'ml.m5.large', count: 1, disk: 0 },
    workers: [{ name: 'worker-group-1', type: 'ml.c5.4xlarge', count: 1, disk: 500, partition: 'workers' }],
  },
  nodes: {
    passwordLogin: true,
    expiredPassword: 'refuse-password',
    joinFailure: 'retry',
    userMetadataAccess: 'closed',
    slurmAccounts: true,
    loginNodeJobs: false,
    revokedJobs: 'finish',
    endSessions: false,
    sshKeyPair: true,
    entryCacheSeconds: 300,
    offlineSeconds: 3,
    connectionExpireSeconds: 240,
    refreshSeconds: 600,
  },
  storage: {
    create: true,
    capacity: 1200,
    throughput: 250,
    compression: 'LZ4',
    version: '2.15',
    efa: false,
    backupDays: 7,
    mountPath: '/fsx',
  },
  retain: true,
};
