import { type Presence, when } from '../../aws/conditions.ts';
import { join, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';

/**
 * What removes the things that stay when the stack goes, as lines for a shell, in their order. Ids of things that the
 * stack did not make are not in them.
 */
export const removeKept = part({
  name: 'remove-kept',
  needs: {
    VpcId: VPC_ID,
    ClusterSubnetId: made,
    SecondSubnetId: made,
    ClusterSecurityGroupId: made,
    FileSystemId: known,
    makesFileSystem: made,
    ownDirectory: made,
    adminSecret: made,
    existingDirectory: made,
    networkChoice: made,
  },
  build(_, needs) {
    const { existingDirectory, networkChoice, FileSystemId, ownDirectory, adminSecret } = needs;
    const { makesNetwork, makesSecurityGroup } = networkChoice;
    const ec2 = (what: 'security-group' | 'subnet' | 'vpc', id: Expression<string>) =>
      sub`aws ec2 delete-${what} --region ${region} --${what === 'security-group' ? 'group' : what}-id ${id}`;
    const line = (given: Presence, text: Expression<string>) => when(given, text, '# (not made by this stack)');
    const subnet = (id: Expression<string>) => line(makesNetwork, ec2('subnet', id));
    const RemoveKept = join('\n', [
      line(
        needs.makesFileSystem,
        sub`aws fsx delete-file-system --region ${region} --file-system-id ${FileSystemId.value}`,
      ),
      line(
        existingDirectory.none,
        sub`aws ds delete-directory --region ${region} --directory-id ${ownDirectory.ref()}`,
      ),
      line(
        existingDirectory.none,
        sub`aws secretsmanager delete-secret --region ${region} --secret-id ${adminSecret.ref()}`,
      ),
      '# The lines below work once file system and directory are gone, which takes some 15 minutes.',
      line(makesSecurityGroup, ec2('security-group', needs.ClusterSecurityGroupId)),
      subnet(needs.ClusterSubnetId),
      subnet(needs.SecondSubnetId),
      line(makesNetwork, ec2('vpc', needs.VpcId)),
    ]);
    return { RemoveKept };
  },
  gives: {
    RemoveKept:
      'Copy this before you delete the stack: directory, file system and their network stay, and cost. These lines remove them, with all data.',
  },
});
