import { isObject } from '../../../document/intrinsics.ts';
import { objectAt } from '../../model/model.ts';
import { resource } from '../base/examples.ts';
import { property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const launched = (type: string, mark = ''): string =>
  `Parameters:\n  Image: { Type: ${type} }\n${resource('AWS::EC2::LaunchTemplate', `LaunchTemplateData: { ImageId: !Ref Image }${mark}`)}`;

/** Images of machines. */
export const IMAGE_RULES: readonly Rule[] = [
  {
    code: 'W2506',
    name: 'image-parameter',
    message: 'The parameter for an image takes any text.',
    why: 'A wrong id is found only when the machine is to start; with the type, before anything is made.',
    fix: 'Write Type: AWS::EC2::Image::Id, or AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>.',
    url: guide('cloudformation-supplied-parameter-types'),
    bad: [launched('String', ' # <-')],
    good: [launched('AWS::EC2::Image::Id'), launched('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>')],
    check: property(
      [
        ...['AWS::EC2::Instance', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::Cloud9::EnvironmentEC2'],
        ...['AWS::EC2::LaunchTemplate/LaunchTemplateData', 'AWS::Batch::ComputeEnvironment/ComputeResources'],
        'AWS::EC2::SpotFleet/SpotFleetRequestConfigData.LaunchSpecifications.*',
      ],
      'ImageId',
      (value, _, { parameters }) => {
        const name = isObject(value) ? value['Ref'] : undefined;
        // What the launcher may leave out is not an id.
        const { Type, Default } = typeof name === 'string' ? objectAt(parameters, name) : {};
        return Type === 'String' && Default !== '' && `The parameter ${name as string} for an image takes any text.`;
      },
    ),
  },
];
