import { region, select, split } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import type { WithGroups } from './instance-groups.ts';

/** The instance group that people log in on: the login nodes or, without any, the first workers. */
export function loginGroup({ cluster: { controller, login, workers } }: WithGroups): string {
  return (login ?? workers[0] ?? controller).name;
}

/** The id of a cluster, which is in the targets of its nodes. */
export function clusterId(clusterArn: Expression<string>): Expression<string> {
  return select(1, split('/', clusterArn));
}

/**
 * A stanza for ~/.ssh/config. A node's name there is GROUP-INSTANCEID, the end of its Systems Manager target.
 * @param document what opens the session: a Session document and its parameters
 */
export function sshStanza(
  group: string,
  clusterArn: Expression<string>,
  document: Expression<string> | string,
): Expression<string> {
  // ssh writes %h in lower case; older versions know no %n.
  const host = group === group.toLowerCase() ? '%h' : '%n';
  return sub`Host ${group}-i-*
  ProxyCommand aws ssm start-session --region ${region} --target sagemaker-cluster:${{ ClusterId: clusterId(clusterArn) }}_${host} --document-name ${document}
  ServerAliveInterval 60`;
}
