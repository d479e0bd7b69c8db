import { region } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';

export interface SshOutputsInput {
  readonly clusterName: Expression<string>;
  readonly clusterId: Expression<string>;
  /** The instance group that people log in to. */
  readonly group: string;
}

/**
 * How people come in: a whole stanza for ~/.ssh/config, and the command that lists the names it is for. A node's name
 * there is GROUP-INSTANCEID, the end of its Systems Manager target.
 */
export function sshOutputs(template: Template, { clusterName, clusterId, group }: SshOutputsInput): void {
  // ssh writes %h in lower case; older versions know no %n.
  const host = group === group.toLowerCase() ? '%h' : '%n';
  template.output('SshConfig', {
    description: `For ~/.ssh/config of whoever logs in: then ssh NAME@${group}-INSTANCEID. ListNodes lists the nodes.`,
    value: sub`Host ${group}-i-*
  ProxyCommand aws ssm start-session --region ${region} --target sagemaker-cluster:${{ ClusterId: clusterId }}_${host} --document-name AWS-StartSSHSession --parameters portNumber=%p
  ServerAliveInterval 60`,
  });
  template.output('ListNodes', {
    description: 'Lists the nodes, by the names that SshConfig is for, and whether they run.',
    value: sub`aws sagemaker list-cluster-nodes --region ${region} --cluster-name ${clusterName} --query "ClusterNodeSummaries[].[join('-', [InstanceGroupName, InstanceId]), InstanceStatus.Status]" --output table`,
  });
}
