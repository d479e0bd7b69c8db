import { isList, isNoValue, isObject } from '../../../document/intrinsics.ts';
import { resource, several } from '../base/examples.ts';
import { property, resources, valuesAt } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { repeated } from '../base/unique.ts';
import { zoneOf } from './zones.ts';

const DIRECTORY = 'AWS::DirectoryService::MicrosoftAD';
const directory = (subnets: string): string =>
  resource(
    DIRECTORY,
    ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'"],
    `VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [${subnets}] }`,
  );

const SUBNET = 'AWS::EC2::Subnet';
const zones = (one: string, other: string): string =>
  several({
    One: [SUBNET, 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: 10.0.0.0/24', `AvailabilityZone: ${one}`],
    Other: [SUBNET, 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: 10.0.1.0/24', `AvailabilityZone: ${other}`],
    Directory: [
      DIRECTORY,
      ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'"],
      'VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [!Ref One, !Ref Other] } # <-',
    ],
  });

/** AWS Managed Microsoft AD. */
export const DIRECTORY_RULES: readonly Rule[] = [
  {
    code: 'PL3053',
    name: 'directory-subnets',
    message: 'A directory needs two subnets, in different availability zones.',
    why: 'Directory Service refuses the directory: it has a domain controller in each.',
    fix: 'Name two subnets in two zones.',
    url: 'https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started.html',
    bad: [
      directory('subnet-0123456789abcdef0').trimEnd().concat(' # <-\n'),
      directory('subnet-0123456789abcdef0, subnet-0123456789abcdef1, subnet-0123456789abcdef2')
        .trimEnd()
        .concat(' # <-\n'),
    ],
    good: [directory('subnet-0123456789abcdef0, subnet-0123456789abcdef1')],
    check: property(DIRECTORY, 'VpcSettings', (settings) => {
      const subnets = isObject(settings) ? settings['SubnetIds'] : undefined;
      // A subnet of Fn::If may be none.
      const isOpen = isList(subnets) && subnets.some((one) => isNoValue(one) || (isObject(one) && 'Fn::If' in one));
      return isList(subnets) && !isOpen && subnets.length !== 2;
    }),
  },
  {
    code: 'PL3086',
    name: 'directory-zones',
    message: 'The two subnets of a directory are in the same availability zone.',
    why: 'Directory Service refuses the directory: its domain controllers are in two zones.',
    fix: 'Give one of the subnets another zone.',
    url: 'https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started.html',
    bad: [zones('us-west-2a', 'us-west-2a')],
    good: [zones('us-west-2a', 'us-west-2b').replace(' # <-', '')],
    check: resources(DIRECTORY, function* (object, path, model, known) {
      const subnets = [...valuesAt(object, 'VpcSettings.SubnetIds.*', path, known)].flatMap((one) => {
        const zone = zoneOf(model, one.value);
        return zone === undefined ? [] : [{ ...one, ...zone }];
      });
      for (const [one, other] of repeated(subnets, model))
        if (one.subnet !== other.subnet)
          yield { path: one.path, message: `${other.subnet} and ${one.subnet} are in the same availability zone.` };
    }),
  },
];
