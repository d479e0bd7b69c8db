import { isList, isNoValue, isObject } from '../../../document/intrinsics.ts';
import { resource } from '../base/examples.ts';
import { property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const DIRECTORY = 'AWS::DirectoryService::MicrosoftAD';
const directory = (subnets: string): string =>
  resource(
    DIRECTORY,
    ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'"],
    `VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [${subnets}] }`,
  );

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
];
