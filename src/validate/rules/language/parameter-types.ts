const AWS_TYPES = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
  'AWS::EC2::Volume::Id',
  'AWS::Route53::HostedZone::Id',
];

/** The types of https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
export const PARAMETER_TYPES: ReadonlySet<string> = new Set([
  ...['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>', 'AWS::SSM::Parameter::Name'],
  ...AWS_TYPES.flatMap((type) => [type, `List<${type}>`]),
  ...['String', 'List<String>', 'CommaDelimitedList', ...AWS_TYPES.flatMap((type) => [type, `List<${type}>`])].map(
    (type) => `AWS::SSM::Parameter::Value<${type}>`,
  ),
]);

const LIST = 'List<AWS(?:::[A-Za-z0-9]+){3}>';

/** Types that CloudFormation takes and its documentation does not list: lists, and values in Systems Manager, of what AWS has. */
export const UNLISTED_TYPE: RegExp = new RegExp(
  `^(?:${LIST}|AWS::SSM::Parameter::Value<(?:AWS(?:::[A-Za-z0-9]+){3}|${LIST})>)$`,
);
