import { has } from '../../../document/intrinsics.ts';
import { memo } from '../../model/memo.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { resource } from '../base/examples.ts';
import { all, literal, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const VPC = 'VpcId: vpc-0123456789abcdef0';
const subnet = (zone: string): string =>
  resource('AWS::EC2::Subnet', VPC, 'CidrBlock: 10.0.0.0/24', `AvailabilityZone: ${zone}`);

/** Where zones are named. */
const PLACES = (
  'AutoScaling::AutoScalingGroup/AvailabilityZones.* DAX::Cluster/AvailabilityZones.* ' +
  'DMS::ReplicationInstance/AvailabilityZone EC2::Host/AvailabilityZone EC2::Instance/AvailabilityZone ' +
  'EC2::LaunchTemplate/LaunchTemplateData.Placement.AvailabilityZone EC2::Subnet/AvailabilityZone ' +
  'EC2::SpotFleet/SpotFleetRequestConfigData.LaunchSpecifications.*.Placement.AvailabilityZone ' +
  'EC2::SpotFleet/SpotFleetRequestConfigData.LaunchTemplateConfigs.*.Overrides.*.AvailabilityZone ' +
  'EC2::Volume/AvailabilityZone ElasticLoadBalancing::LoadBalancer/AvailabilityZones.* ' +
  'ElasticLoadBalancingV2::TargetGroup/Targets.*.AvailabilityZone EMR::Cluster/Instances.Placement.AvailabilityZone ' +
  'Glue::Connection/ConnectionInput.PhysicalConnectionRequirements.AvailabilityZone ' +
  'RDS::DBCluster/AvailabilityZones.* RDS::DBInstance/AvailabilityZone'
)
  .split(' ')
  .map((place) => place.split('/') as [type: string, property: string]);

/** Whether the CDK made the template: it writes the zones of one account out on purpose. */
const isOfCdk = memo(
  ({ resources }: Model) =>
    has(resources, 'CDKMetadata') ||
    Object.values(resources).some((one) => has(objectAt(one, 'Metadata'), 'aws:cdk:path')),
);

/** Availability zones. */
export const AVAILABILITY_ZONE_RULES: readonly Rule[] = [
  {
    code: 'W3010',
    name: 'fixed-zone',
    message: 'An availability zone is written out.',
    why: 'The template works in one region only, and not in every account there.',
    fix: 'Write !Select [0, !GetAZs ""], or make it a parameter of the type AWS::EC2::AvailabilityZone::Name.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html',
    bad: [subnet('us-west-2a # <-')],
    good: [subnet('!Select [0, !GetAZs ""]')],
    check: all(
      ...PLACES.map(([type, name]) =>
        property(`AWS::${type}`, name, (value, _, model) => {
          const zone = literal(value);
          return zone !== undefined && zone !== 'all' && !isOfCdk(model) && `The zone ${zone} is written out.`;
        }),
      ),
    ),
  },
];
