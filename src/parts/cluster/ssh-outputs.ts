import { region, select, split } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import type { WithGroups } from './instance-groups.ts';

/**
 * How people come in: a stanza for ~/.ssh/config, and the command that lists the names it is for. A node's name
 * there is GROUP-INSTANCEID, the end of its Systems Manager target.
 */
export const sshOutputs = part({
  name: 'ssh-outputs',
  needs: { ClusterName: made, ClusterArn: made },
  build(_, { ClusterName, ClusterArn }, { cluster }: WithGroups) {
    const { name: group } = cluster.login ?? cluster.workers[0] ?? cluster.controller;
    // ssh writes %h in lower case; older versions know no %n.
    const host = group === group.toLowerCase() ? '%h' : '%n';
    const stanza = sub`Host ${group}-i-*
  ProxyCommand aws ssm start-session --region ${region} --target sagemaker-cluster:${{ ClusterId: select(1, split('/', ClusterArn)) }}_${host} --document-name AWS-StartSSHSession --parameters portNumber=%p
  ServerAliveInterval 60`;
    return {
      SshConfig: gift(stanza, {
        description: `For ~/.ssh/config of anyone who logs in: then ssh NAME@${group}-INSTANCEID. ListNodes lists the nodes.`,
      }),
      ListNodes: sub`aws sagemaker list-cluster-nodes --region ${region} --cluster-name ${ClusterName} --query "ClusterNodeSummaries[].[join('-', [InstanceGroupName, InstanceId]), InstanceStatus.Status]" --output table`,
    };
  },
  gives: {
    SshConfig: 'For ~/.ssh/config.',
    ListNodes: 'Lists the nodes, by the names that SshConfig is for, and whether they run.',
  },
});
