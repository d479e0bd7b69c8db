import { and, equals, not, or } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { ZONE_ID } from '../../aws/patterns.ts';
import type { Zones } from '../base/handed.ts';
import { part } from '../base/part.ts';

/** The availability zones that a network is made in. */
export const zones = part({
  name: 'zones',
  group: 'Network',
  choices: (form) => ({ zones: twoOrNeither(form) }),
  build: (_, { zones }) => ({ zones }),
  gives: { zones: 'The availability zones of the subnets.' },
});

/** Asks for two availability zones, or neither. */
function twoOrNeither(form: Form): Zones {
  const clusterZoneId = form.optional('ClusterZoneId', {
    label: 'Zone of the cluster',
    Description:
      'Id of the availability zone where you have GPU capacity. Give both zones or neither; give them for a cluster that is to live, because the automatic choice may change.',
    ...ZONE_ID,
  });
  const secondZoneId = form.optional('SecondZoneId', {
    label: 'Second zone',
    Description: 'Id of another availability zone of the region, for the second domain controller.',
    ...ZONE_ID,
  });
  const neither = and(equals(clusterZoneId, ''), equals(secondZoneId, ''));
  form.rule('BothZonesOrNeither', {
    assertions: [
      {
        assert: or(neither, and(not(equals(clusterZoneId, '')), not(equals(secondZoneId, '')))),
        description: 'Give both ClusterZoneId and SecondZoneId, or leave both empty.',
      },
      {
        assert: or(neither, not(equals(clusterZoneId, secondZoneId))),
        description: 'ClusterZoneId and SecondZoneId must be two zones: a directory needs both.',
      },
    ],
  });
  const given = form.condition('HasZones', not(equals(clusterZoneId, '')));
  return { given, clusterZoneId, secondZoneId };
}
