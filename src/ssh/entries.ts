import { safe } from './safe-value.ts';

/** How a connection reaches a node. */
export type Way = 'ssm' | 'bastion' | 'endpoint';

/** A node that people log in on. */
export interface LoginNode {
  readonly group: string;
  readonly instanceId: string;
  /** Its private address; a bastion and an endpoint need it. */
  readonly address?: string | undefined;
}

/** What all entries of a cluster have in common. */
export interface SshCluster {
  readonly region: string;
  readonly id: string;
  /** The name that the entries begin with. */
  readonly name: string;
  readonly user?: string | undefined;
  /** A session document and its parameters. */
  readonly document: string;
  readonly parameters?: string | undefined;
  readonly bastion?: string | undefined;
  readonly endpoint?: string | undefined;
}

/**
 * Entries for ~/.ssh/config: one for each node, `NAME-1` and so on, and one for the bastion where the way is through it.
 * @throws Refusal PL9302 for a value that could do more than be a value
 */
export function entries(cluster: SshCluster, way: Way, nodes: readonly LoginNode[]): string {
  const blocks = nodes.map((node, index) => block(cluster, way, node, index + 1));
  if (way !== 'bastion') return blocks.join('\n\n');
  const bastion = ['Host podlaunch-bastion', `  HostName ${safe('address', cluster.bastion)}`, '  User jump'];
  return [bastion.join('\n'), ...blocks].join('\n\n');
}

function block(cluster: SshCluster, way: Way, { group, instanceId, address }: LoginNode, place: number): string {
  const node = `${safe('group', group)}-${safe('instance', instanceId)}`;
  return [
    `Host ${safe('group', cluster.name)}-${place} ${node}`,
    ...(way === 'ssm' ? [`  HostName ${node}`] : [`  HostName ${safe('address', address)}`]),
    // A replaced node has another key under another name; by its address it would be taken for an attack.
    `  HostKeyAlias ${node}`,
    ...(cluster.user === undefined ? [] : [`  User ${safe('user', cluster.user)}`]),
    proxy(cluster, way, node),
    '  ServerAliveInterval 60',
  ].join('\n');
}

function proxy(cluster: SshCluster, way: Way, node: string): string {
  const region = safe('region', cluster.region);
  if (way === 'bastion') return '  ProxyJump podlaunch-bastion';
  if (way === 'endpoint') {
    const endpoint = safe('endpoint', cluster.endpoint);
    return `  ProxyCommand aws ec2-instance-connect open-tunnel --region ${region} --instance-connect-endpoint-id ${endpoint} --private-ip-address %h`;
  }
  const target = `sagemaker-cluster:${safe('cluster', cluster.id)}_${node}`;
  const port = cluster.parameters === undefined ? '' : ' --parameters portNumber=%p';
  return `  ProxyCommand aws ssm start-session --region ${region} --target ${target} --document-name ${safe('document', cluster.document)}${port}`;
}
