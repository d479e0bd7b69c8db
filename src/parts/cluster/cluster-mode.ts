import { equals } from '../../aws/conditions.ts';
import { CLUSTER_NAME } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** The cluster's name, and how it gets and keeps its nodes. */
export const clusterMode = part({
  name: 'cluster-mode',
  group: 'Cluster',
  choices(form, { cluster }: { readonly cluster: { readonly name: string } }) {
    const ClusterName = form.text('ClusterName', {
      label: 'Name',
      Description: 'Name of the cluster, unique in the account and region. A change replaces the cluster.',
      Default: cluster.name,
      MaxLength: 63,
      ...CLUSTER_NAME,
    });
    const provisioning = form.choice('NodeProvisioningMode', {
      label: 'Node provisioning',
      Description:
        'Continuous: the cluster starts with the nodes there are, and adds the others when capacity allows. AllOrNothing: a group that cannot be filled fails the cluster.',
      Default: 'Continuous',
      values: ['Continuous', 'AllOrNothing'],
    });
    const nodeRecovery = form.choice('NodeRecovery', {
      label: 'Node recovery',
      Description: 'Whether SageMaker reboots or replaces faulty nodes by itself.',
      Default: 'Automatic',
      values: ['Automatic', 'None'],
    });
    return {
      ClusterName,
      clusterMode: {
        continuous: form.condition('IsContinuous', equals(provisioning, 'Continuous')),
        provisioning,
        nodeRecovery,
      },
    };
  },
  build: (_, { ClusterName, clusterMode }) => ({ ClusterName, clusterMode }),
  gives: { ClusterName: 'Name of the cluster.', clusterMode: 'How it gets and keeps its nodes.' },
});
