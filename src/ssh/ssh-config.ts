import type { AwsPlace } from '../cloud/place.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import { askStack, loginNodes } from './ask.ts';
import { entries, type LoginNode, type SshCluster, type Way } from './entries.ts';
import { safe } from './safe-value.ts';

/** Whose entries are wanted. */
export interface SshConfigOptions extends AwsPlace {
  /** The stack cluster, access or launchpad: what has the output ClusterArn or ResearcherSshConfig. */
  readonly stack: string;
  /** The name of the account in the directory. Default: ssh takes that of the computer. */
  readonly user?: string;
  /** Default: Systems Manager. */
  readonly through?: Way;
}

/** Entries for ~/.ssh/config, and the nodes that they are for. */
export interface SshConfig {
  readonly text: string;
  readonly nodes: readonly LoginNode[];
}

/**
 * Makes the entries of ~/.ssh/config for the nodes of a cluster that people log in on. Writes nothing.
 * @throws Refusal PL9301 for a stack that cannot be read or has no cluster, PL9302 for a value that could do harm, PL9303 for
 * nodes that cannot be listed, PL9304 for a bastion that is not there
 */
export async function sshConfig(options: SshConfigOptions): Promise<SshConfig> {
  const { stack, region, user, through = 'ssm' } = options;
  safe('region', region);
  if (user !== undefined) safe('user', user);
  const { id, outputs } = await askStack(stack, options);
  const cluster = { ...clusterOf(outputs, stack), region, user };
  if (through !== 'ssm' && cluster[through] === undefined) throw noBastion(stack, through);
  // By its name a cluster could be another's: SageMaker takes the ARN, which has the account of the stack.
  const [, partition, , , account] = id.split(':');
  const arn = `arn:${partition}:sagemaker:${region}:${account}:cluster/${cluster.id}`;
  const nodes = await loginNodes(arn, cluster.group, options, through !== 'ssm');
  if (nodes.length === 0) throw noNodes(cluster.group, stack);
  return { text: entries(cluster, through, nodes), nodes };
}

type Outputs = Readonly<Record<string, string>>;

/** What the outputs say of the cluster: the stanza of SshConfig has the cluster's id, the group and the document. */
function clusterOf(outputs: Outputs, stack: string): Omit<SshCluster, 'region' | 'user'> & { readonly group: string } {
  const stanza = outputs['ResearcherSshConfig'] ?? outputs['SshConfig'] ?? '';
  const [, group, id, document, parameters] =
    /^Host (\S+)-i-\*\n[^\n]* --target sagemaker-cluster:(\S+)_%[hn] --document-name (\S+)( --parameters portNumber=%p)?\n/.exec(
      stanza,
    ) ?? [];
  if (group === undefined || id === undefined || document === undefined) throw noCluster(stack);
  const [, endpoint] = /--instance-connect-endpoint-id (\S+)/.exec(outputs['EndpointSshConfig'] ?? '') ?? [];
  const name = outputs['ClusterName'] ?? 'hyperpod';
  const bastion = outputs['BastionAddress'];
  return { group: safe('group', group), id: safe('cluster', id), document, parameters, name, bastion, endpoint };
}

function noCluster(stack: string): Refusal {
  return refuse({
    code: 'PL9301',
    message: `The stack ${stack} has no output that says how to reach a cluster.`,
    hint: 'Name the stack cluster, access or launchpad: those with the output SshConfig or ResearcherSshConfig.',
  });
}

function noBastion(stack: string, through: Way): Refusal {
  return refuse({
    code: 'PL9304',
    message: `The stack ${stack} has no ${through === 'bastion' ? 'bastion that is a host' : 'EC2 Instance Connect Endpoint'}.`,
    hint: 'Name the stack access or launchpad that has it, by its parameter Bastion; or leave out --through.',
  });
}

function noNodes(group: string, stack: string): Refusal {
  return refuse({
    code: 'PL9303',
    message: `No node of the group ${group} runs.`,
    hint: `The output ListNodes of the stack cluster (here ${stack} was read) shows how the nodes are.`,
  });
}
