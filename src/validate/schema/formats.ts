/** A form that the ids of a kind of resource have. */
export interface Format {
  /** cfn-lint's id of the check. */
  readonly code: string;
  readonly what: string;
  readonly pattern: RegExp;
  readonly example: string;
}

const ID = '(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{17})$';
const SECURITY_GROUP: Format = {
  code: 'E1150',
  what: 'security group id',
  pattern: new RegExp(`^sg-${ID}`),
  example: 'sg-0123456789abcdef0',
};

/** Formats whose values can be told by their look, by the names that the schemas have for them. */
export const FORMATS: Readonly<Record<string, Format>> = {
  'AWS::EC2::SecurityGroup.Id': SECURITY_GROUP,
  'AWS::EC2::VPC.Id': {
    code: 'E1151',
    what: 'VPC id',
    pattern: new RegExp(`^vpc-${ID}`),
    example: 'vpc-0123456789abcdef0',
  },
  'AWS::EC2::Image.Id': {
    code: 'E1152',
    what: 'image id',
    pattern: new RegExp(`^ami-${ID}`),
    example: 'ami-0123456789abcdef0',
  },
  'AWS::EC2::Subnet.Id': {
    code: 'E1154',
    what: 'subnet id',
    pattern: new RegExp(`^subnet-${ID}`),
    example: 'subnet-0123456789abcdef0',
  },
};
