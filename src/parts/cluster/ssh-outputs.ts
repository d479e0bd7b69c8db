import { region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import type { WithGroups } from './instance-groups.ts';
import { loginGroup, sshStanza } from './login-group.ts';

/**
 * How people come in: a stanza for ~/.ssh/config, and the command that lists the names it is for. A node's name
 * there is GROUP-INSTANCEID, the end of its Systems Manager target.
 */
export const sshOutputs = part({
  name: 'ssh-outputs',
  needs: { ClusterName: made, ClusterArn: made },
  build(_, { ClusterName, ClusterArn }, settings: WithGroups) {
    const group = loginGroup(settings);
    const stanza = sshStanza(group, ClusterArn, 'AWS-StartSSHSession --parameters portNumber=%p');
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
