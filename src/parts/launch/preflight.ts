import { when } from '../../aws/conditions.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { PREFLIGHT_CODE } from '../../functions/generated/preflight.ts';
import { preflightFunction } from '../../functions/preflight/function.ts';
import type { ChosenGroup } from '../base/handed.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

/**
 * Looks at quotas, network, names and key before anything is made: all that later parts make waits for it, so that a
 * launch which would be refused in 45 minutes is refused in one, with all that is wrong.
 */
export const preflight = part({
  name: 'preflight',
  needs: {
    AdminUser: made,
    AdminPublicKey: made,
    ClusterName: made,
    DomainName: made,
    instanceGroups: made,
    existingDirectory: made,
    zones: made,
    networkChoice: made,
    cidrBlock: made,
    bastionChoice: made,
  },
  build(template, { instanceGroups, existingDirectory, zones, networkChoice, cidrBlock, bastionChoice, ...names }) {
    const { makesNetwork, makesRoutes } = networkChoice;
    const { resource } = lambdaFunction(template, preflightFunction, {
      code: PREFLIGHT_CODE,
      grants: {},
      resource: {
        id: 'Preflight',
        properties: {
          ...names,
          Groups: instanceGroups.map(groupText),
          ClusterZoneId: zones.clusterZoneId,
          SecondZoneId: zones.secondZoneId,
          VpcId: when(makesNetwork, '', networkChoice.vpcId),
          VpcCidr: cidrBlock,
          ClusterSubnetId: when(makesNetwork, '', networkChoice.clusterSubnetId),
          SecondSubnetId: when(makesNetwork, '', networkChoice.secondSubnetId),
          MakesRoutes: when(makesRoutes, 'true', 'false'),
          Addresses: when(bastionChoice.host, '2', when(makesRoutes, '1', '0')),
          MakesDirectory: when(existingDirectory.none, 'true', 'false'),
          CertificateArn: '',
        },
        options: { comment: 'All that follows waits for this, so that nothing is made of what would be refused.' },
      },
    });
    template.waitFor(resource);
    return { KeyFingerprint: resource.get('KeyFingerprint'), PreflightWarnings: resource.get('Warnings') };
  },
  gives: {
    KeyFingerprint: 'Fingerprint of AdminPublicKey, as ssh-keygen -l prints it. Compare it with your own.',
    PreflightWarnings: 'What preflight could not find out, or found no reason to refuse. Empty: nothing.',
  },
});

/** A group as the function reads it. */
function groupText({ name, properties, asks }: ChosenGroup): Expression<string> {
  const { InstanceType, InstanceCount } = properties;
  return sub`name=${name} type=${InstanceType as Expression<string>} count=${InstanceCount as Expression<number>} disk=${asks.disk as Expression<number>} plan=${asks.plan as Expression<string>} capacity=${asks.capacity}`;
}
