import { when } from '../../aws/conditions.ts';
import { WaitConditionHandle } from '../../aws/generated/cloudformation-wait-condition-handle.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';

/**
 * The point up to which a launch can be refused within minutes: what follows, such as directory and file system, takes up
 * to 45 and cannot be stopped. It waits until the load balancer has taken the certificate, its name resolves, and the
 * NAT gateway and a bastion have their addresses. A resource cannot depend on one that may not be made; the metadata of a
 * handle can refer to it.
 */
export const refusedFirst = part({
  name: 'refused-first',
  needs: { certificateCheck: made, ldapsRecord: made, natAddress: made, networkChoice: made, BastionAddress: known },
  build(template, { certificateCheck, ldapsRecord, natAddress, networkChoice, BastionAddress }) {
    const handle = template.resource('RefusedFirst', new WaitConditionHandle({}), {
      comment:
        'Nobody waits for a signal of it. What takes long is made after it, and it after what its metadata names.',
      dependsOn: [certificateCheck, ldapsRecord],
      metadata: {
        NatAddress: when(networkChoice.makesRoutes, natAddress.ref(), 'not made'),
        BastionAddress: BastionAddress.orEmpty,
      },
    });
    template.waitFor(handle);
    return {};
  },
});
