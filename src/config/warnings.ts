import { type Diagnostic, type Path, warning } from '../diagnostics/diagnostic.ts';
import { type Config, NODE_TYPES, type NodeType } from './config.ts';
import { configuredGroups } from './configured-groups.ts';
import { unknownNames } from './unknown-names.ts';

/**
 * What a configuration says that is valid, and that may mean more than its author thinks. Each is shown where
 * templates are made of it.
 */
export function configWarnings(config: Config): readonly Diagnostic[] {
  return [
    ...sudoOnSomeNodes(config),
    ...partitionOfHyperPod(config),
    ...spotInstances(config),
    ...nothingToCheck(config),
    ...withheldDomain(config),
    ...unknownNames(config),
  ];
}

/** Top-level domains that resolvers keep for themselves: RFC 6761, 6762 (multicast DNS), 7686, 9476. */
const WITHHELD_DOMAINS = /\.(?:local|localhost|invalid|onion|alt)$/i;

/** Ubuntu's systemd-resolved asks no DNS server for such names unless it is told to; other machines of a site do the same. */
function withheldDomain({ directory: { domain } }: Config): Diagnostic[] {
  const found = WITHHELD_DOMAINS.exec(domain);
  if (!found) return [];
  const message = `Names under ${found[0]} are not looked up in DNS by many resolvers, including Ubuntu's.`;
  const hint =
    'Choose a domain such as hyperpod.internal. Where the directory exists already: nodes route .local to the VPC by themselves; other machines that use the load balancer need to be told.';
  return [warning({ code: 'PL1021', message, path: ['directory', 'domain'], hint })];
}

/** What a node type is called in a sentence. */
const NAMES: Readonly<Record<NodeType, string>> = {
  Controller: 'the controller',
  Login: 'login nodes',
  Compute: 'workers',
};

/**
 * sudo is not bounded by node type: root on one node reads munge's key, which all nodes share, and writes into every
 * home on the shared file system.
 */
function sudoOnSomeNodes({ directory, cluster }: Config): Diagnostic[] {
  const there = NODE_TYPES.filter((type) => type !== 'Login' || cluster.login !== null);
  return directory.groups.flatMap(({ name, logIn, sudo }, i) => {
    const elsewhere = there.filter((type) => !logIn.includes(type));
    if (!sudo || elsewhere.length === 0 || elsewhere.length === there.length) return [];
    const path: Path = ['directory', 'groups', i, 'sudo'];
    const places = elsewhere.map((type) => NAMES[type]).join(' and ');
    const message = `Members of ${name} can become root on ${places} too: sudo on one node is root on the cluster.`;
    const hint =
      'Root on any node reads the key that Slurm trusts on all of them, and writes into every home. Give the group all node types, or take sudo from it.';
    return [warning({ code: 'PL1017', message, path, hint })];
  });
}

/** HyperPod adds every node to a partition dev, login nodes too; Slurm takes it where a job names none. */
function partitionOfHyperPod({ cluster }: Config): Diagnostic[] {
  return cluster.workers.flatMap(({ partition }, i) => {
    if (partition !== 'dev') return [];
    const path: Path = ['cluster', 'workers', i, 'partition'];
    const message = 'HyperPod has a partition dev of its own with every node in it, login nodes too.';
    const hint = 'Jobs in dev may run on login nodes. Choose another name, such as workers.';
    return [warning({ code: 'PL1020', message, path, hint })];
  });
}

/** CloudFormation takes Spot for any cluster; SageMaker's documents speak of it for clusters with Kubernetes only. */
function spotInstances({ cluster }: Config): Diagnostic[] {
  return cluster.workers.flatMap(({ name, capacity }, i) => {
    if (capacity !== 'Spot') return [];
    const path: Path = ['cluster', 'workers', i, 'capacity'];
    const message = `AWS does not document Spot instances, as ${name} wants them, for HyperPod with Slurm.`;
    const hint = 'Launch once to see whether SageMaker takes it, before you publish it.';
    return [warning({ code: 'PL1023', message, path, hint })];
  });
}

/** Types with GPUs or Trainium chips: a family that podlaunch does not know may have some too. */
const ACCELERATED = /^ml\.(?:g|gr|p|trn)[0-9]/;

/** Deep health checks test GPUs, Trainium chips and the network between them. */
function nothingToCheck(config: Config): Diagnostic[] {
  return configuredGroups(config).flatMap(([path, { name, type, deepHealthChecks }]) => {
    if (!deepHealthChecks || ACCELERATED.test(type)) return [];
    const message = `The instances of ${name} are ${type}, which podlaunch does not know to have GPUs or Trainium chips.`;
    const hint = 'Leave out deepHealthChecks, or choose a type such as ml.p5.48xlarge.';
    return [warning({ code: 'PL1024', message, path: [...path, 'deepHealthChecks'], hint })];
  });
}
