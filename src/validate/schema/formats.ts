import { isIpv4Network, isIpv6Network } from './networks.ts';
import { matches } from './patterns.ts';

/** A form that texts of a kind have. */
export interface Format {
  /** cfn-lint's id of the check. */
  readonly code: string;
  readonly what: string;
  readonly fits: (text: string) => boolean;
  readonly example: string;
}

const ID = '(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{17})$';
const ARN = '^arn:aws[a-zA-Z-]*:';
const HERE = 'us-east-1:111122223333';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';

function form(code: string, what: string, pattern: string, example: string): Format {
  return { code, what, example, fits: (text) => matches(pattern, text) };
}

/**
 * The values of the schemas' keyword `format`: cfn-lint's (rules/formats), and those of JSON Schema that cfn-lint checks.
 * The others (int64, double, json, password) say how a value is kept, which no text shows.
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  'AWS::EC2::SecurityGroup.Id': form('E1150', 'security group id', `^sg-${ID}`, 'sg-0123456789abcdef0'),
  'AWS::EC2::VPC.Id': form('E1151', 'VPC id', `^vpc-${ID}`, 'vpc-0123456789abcdef0'),
  'AWS::EC2::Image.Id': form(
    'E1152',
    'image id',
    '^(?:ami-(?:[0-9a-z]{8}|[0-9a-z]{17})$|resolve:ssm)',
    'ami-0123456789abcdef0',
  ),
  'AWS::EC2::SecurityGroup.Name': form(
    'E1153',
    'security group name',
    '^[a-zA-Z0-9 ._\\-:/()#,@[\\]+=&;{}!$*]+$',
    'web servers',
  ),
  'AWS::EC2::Subnet.Id': form('E1154', 'subnet id', `^subnet-${ID}`, 'subnet-0123456789abcdef0'),
  'AWS::Logs::LogGroup.Name': form('E1155', 'log group name', '^[.\\-_/#A-Za-z0-9]{1,512}$', '/my/log-group'),
  'AWS::IAM::Role.Arn': form(
    'E1156',
    'ARN of a role',
    `${ARN}iam::\\d{12}:role/.+$`,
    'arn:aws:iam::111122223333:role/name',
  ),
  'AWS::KMS::Key.Arn': form(
    'E1157',
    'ARN of a KMS key',
    `${ARN}kms:[a-z0-9-]+:\\d{12}:(?:key|alias)/.+$`,
    `arn:aws:kms:${HERE}:key/01234567-89ab-cdef-0123-456789abcdef`,
  ),
  'AWS::SNS::Topic.Arn': form(
    'E1158',
    'ARN of a topic',
    `${ARN}sns:[a-z0-9-]+:\\d{12}:.+$`,
    `arn:aws:sns:${HERE}:name`,
  ),
  'AWS::ACM::Certificate.Arn': form(
    'E1159',
    'ARN of a certificate',
    `${ARN}acm:[a-z0-9-]+:\\d{12}:certificate/.+$`,
    `arn:aws:acm:${HERE}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
  ),
  'AWS::Lambda::Function.Arn': form(
    'E1160',
    'ARN of a function',
    `${ARN}lambda:[a-z0-9-]+:\\d{12}:function:.+(?::.+)?$`,
    `arn:aws:lambda:${HERE}:function:name`,
  ),
  'AWS::S3::Bucket.Name': form(
    'E1161',
    'bucket name',
    '^(?:(?![.-])(?!.*\\.\\.)(?!.*-\\.)(?!.*\\.-)[a-z0-9.-]{3,63}(?<![.-]))?$',
    'my-bucket',
  ),
  // One of several forms wherever it is asked for: what fits none of them is E3017.
  'AWS::KMS::Key.Id': form(
    'E1103',
    'KMS key id',
    `^(?:${UUID}|mrk-[0-9a-f]{32}|alias/[a-zA-Z0-9/_-]+)$`,
    '01234567-89ab-cdef-0123-456789abcdef',
  ),
  'AWS::KMS::Alias.AliasName': form('E1164', 'alias of a KMS key', '^alias/[a-zA-Z0-9:/_-]+$', 'alias/name'),
  'date-time': form(
    'E1103',
    'time',
    `^\\d{4}-(?:0[1-9]|1[0-2])-\\d{2}T${TIME}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${TIME})$`,
    '2026-11-27T08:30:00Z',
  ),
  'ipv4-network': { code: 'E1103', what: 'IPv4 network', fits: isIpv4Network, example: '10.0.0.0/16' },
  'ipv6-network': { code: 'E1103', what: 'IPv6 network', fits: isIpv6Network, example: '2001:db8::/32' },
};
