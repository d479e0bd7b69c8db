import { resource } from '../base/examples.ts';
import { literal, pair } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const template = (type: string, mark = ''): string =>
  resource(
    TEMPLATE,
    'LaunchTemplateData:',
    '  BlockDeviceMappings:',
    '    - DeviceName: /dev/sda1',
    '      Ebs:',
    `        VolumeType: ${type}`,
    `        Iops: 3000${mark}`,
  );

/** Volumes whose speed follows from their kind and size. */
const WITHOUT_IOPS = /^(?:gp2|st1|sc1|standard)$/i;
const DEVICES = 'BlockDeviceMappings.*.Ebs';

/** Volumes of EBS. */
export const VOLUME_RULES: readonly Rule[] = [
  {
    code: 'W3671',
    name: 'iops-of-volume-type',
    message: 'A volume of this type takes no Iops.',
    why: 'The number is passed over: the volume is as fast as its type and size make it.',
    fix: 'Delete Iops, or write VolumeType: gp3.',
    url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html',
    bad: [template('gp2', ' # <-')],
    good: [template('gp3')],
    check: pair(
      [
        `AWS::EC2::Instance/${DEVICES}`,
        `${TEMPLATE}/LaunchTemplateData.${DEVICES}`,
        `AWS::EC2::SpotFleet/SpotFleetRequestConfigData.LaunchSpecifications.*.${DEVICES}`,
        `AWS::AutoScaling::LaunchConfiguration/${DEVICES}`,
      ],
      'Iops',
      'VolumeType',
      (_, type) => {
        const name = literal(type) ?? '';
        return WITHOUT_IOPS.test(name) && `A volume of type ${name} takes no Iops.`;
      },
    ),
  },
];
