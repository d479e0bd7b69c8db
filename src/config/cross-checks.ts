import { EFA_VERSION, efaStep } from '../aws/lustre-efa.ts';
import { type Diagnostic, error, type Path } from '../diagnostics/diagnostic.ts';
import type { Config } from './config.ts';
import { configuredGroups } from './configured-groups.ts';
import { groupFaults } from './group-checks.ts';

/** HyperPod's limit for a cluster. */
const MAX_INSTANCE_GROUPS = 20;

/** Folders that a node cannot do without: nothing may be mounted over or into them. */
const SYSTEM_FOLDERS = /^\/(bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|root|run|sbin|sys|tmp|usr|var)(\/|$)/;

/** Folders of the node itself, though something may be mounted below them. */
const SHARED_FOLDERS = ['/home', '/mnt', '/opt', '/opt/ml', '/opt/sagemaker', '/opt/slurm', '/srv'];

/** A fault without its place in the file. */
export type CrossFault = Omit<Diagnostic, 'span'> & { readonly path: Path };

/** What the JSON Schema cannot say: how values of the configuration go together. */
export function crossFaults(config: Config): readonly CrossFault[] {
  return [
    ...sameGroupNames(config),
    ...sameInstanceGroupNames(config),
    ...tooManyInstanceGroups(config),
    ...reservedPartitions(config),
    ...groupFaults(config),
    ...reservedMountPath(config),
    ...efaFits(config),
    ...reservedGroups(config),
    ...nowhereToLogIn(config),
  ];
}

function sameGroupNames({ directory }: Config): CrossFault[] {
  const names = directory.groups.map(({ name }, i) => ({
    name: name.toLowerCase(),
    path: ['directory', 'groups', i, 'name'],
  }));
  return repeated(names, 'The directory ignores upper and lower case in names. Give each group a name of its own.');
}

function sameInstanceGroupNames(config: Config): CrossFault[] {
  const names = configuredGroups(config).map(([path, { name }]) => ({ name, path: [...path, 'name'] }));
  return repeated(names, 'Give each instance group of the cluster (controller and login nodes too) its own name.');
}

function repeated(names: readonly { readonly name: string; readonly path: Path }[], hint: string): CrossFault[] {
  const seen = new Set<string>();
  return names
    .filter(({ name }) => seen.size === seen.add(name).size)
    .map(({ name, path }) => error({ code: 'PL1010', message: `The name ${name} appears twice.`, path, hint }));
}

function tooManyInstanceGroups(config: Config): CrossFault[] {
  const count = configuredGroups(config).length;
  if (count <= MAX_INSTANCE_GROUPS) return [];
  const message = `The cluster has ${count} instance groups; HyperPod allows ${MAX_INSTANCE_GROUPS}.`;
  const hint = 'The controller and the login nodes count too: leave out some worker groups.';
  return [error({ code: 'PL1011', message, path: ['cluster', 'workers'], hint })];
}

function reservedPartitions({ cluster }: Config): CrossFault[] {
  return cluster.workers.flatMap(({ partition }, i) => {
    if (partition.toUpperCase() !== 'DEFAULT') return [];
    const path = ['cluster', 'workers', i, 'partition'];
    const message = 'Slurm reserves the partition name DEFAULT.';
    return [error({ code: 'PL1012', message, path, hint: 'Choose another name, such as workers.' })];
  });
}

function reservedMountPath({ storage: { mountPath } }: Config): CrossFault[] {
  const steps = mountPath.split('/');
  const odd = steps.includes('.') || steps.includes('..');
  if (!odd && !SYSTEM_FOLDERS.test(mountPath) && !SHARED_FOLDERS.includes(mountPath)) return [];
  const message = `The file system cannot be mounted at ${mountPath}: a node needs what is in that folder.`;
  return [
    error({ code: 'PL1012', message, path: ['storage', 'mountPath'], hint: 'Choose a path of its own, such as /fsx.' }),
  ];
}

function efaFits({ storage: { efa, version, capacity, throughput } }: Config): CrossFault[] {
  if (!efa) return [];
  const step = efaStep(throughput);
  const fault = (key: string, message: string, hint: string) =>
    error({ code: 'PL1016', message, path: ['storage', key], hint });
  return [
    ...(version === EFA_VERSION
      ? []
      : [fault('version', `A file system with EFA needs Lustre ${EFA_VERSION}.`, `Write version: "${EFA_VERSION}".`)]),
    ...(capacity % step === 0
      ? []
      : [
          fault(
            'capacity',
            `With EFA at ${throughput} MB/s per TiB the capacity must be a multiple of ${step} GiB, not ${capacity}.`,
            `Write capacity: ${Math.ceil(capacity / step) * step}, or a higher throughput.`,
          ),
        ]),
  ];
}

/** Groups of the nodes themselves: a directory group of the same name would never be asked for, or would give its rights to them. */
const LOCAL_GROUPS = /^(?:root|adm|sudo|admin|wheel|docker|lxd|disk|shadow|ubuntu|slurm|munge|users|staff)$/i;

/** What makes a group's name more than a number to `chgrp`: nodes never know one without it (never_known.py). */
const MORE_THAN_A_NUMBER = /[\p{L}_-]/u;

function reservedGroups({ directory }: Config): CrossFault[] {
  return directory.groups.flatMap(({ name }, i) => {
    const number = name.startsWith('#') || !MORE_THAN_A_NUMBER.test(name);
    if (!number && !LOCAL_GROUPS.test(name)) return [];
    const message = number
      ? `Commands on the nodes, such as sudo and chgrp, would read ${name} as a number.`
      : `The nodes have a local group ${name}: its members would get these rights.`;
    const path = ['directory', 'groups', i, 'name'];
    return [error({ code: 'PL1012', message, path, hint: 'Choose another name, such as ClusterAdmin.' })];
  });
}

function nowhereToLogIn({ directory, cluster }: Config): CrossFault[] {
  if (cluster.login) return [];
  return directory.groups.flatMap(({ name, logIn }, i) => {
    if (logIn.length === 0 || logIn.some((nodeType) => nodeType !== 'Login')) return [];
    const path = ['directory', 'groups', i, 'logIn'];
    const message = `Members of ${name} may log in only to login nodes, and the cluster has none.`;
    return [
      error({ code: 'PL1013', message, path, hint: 'Add Controller or Compute, or give cluster.login a value.' }),
    ];
  });
}
