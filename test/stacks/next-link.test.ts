import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { accessStack } from '../../src/stacks/access.ts';
import { SMALL_STACKS } from '../../src/stacks/index.ts';
import { launchpadStack, launchpadTrialStack } from '../../src/stacks/launchpad.ts';
import { peopleStack } from '../../src/stacks/people.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { resolved } from '../support/resolved.ts';
import { partsOfLink } from './launcher.ts';

const ASSETS = { sha256: 'a'.repeat(64) };
const LOCATION = { bucketName: 'my-releases', bucketRegion: 'us-west-2', keyPrefix: 'podlaunch/releases/1.0.0/' };
/** The longest that publish.to, a bucket's name and a version may be. */
const LONGEST = {
  bucketName: 'b'.repeat(63),
  bucketRegion: 'ap-southeast-2',
  keyPrefix: `${'p'.repeat(440)}/releases/${'v'.repeat(63)}/`,
};

/** Ids, ARNs and names as AWS makes them, the longest there are. */
const MADE: Record<string, string> = {
  Vpc: 'vpc-0123456789abcdef0',
  'Vpc.CidrBlock': '10.0.0.0/16',
  ClusterSubnet: 'subnet-0123456789abcdef0',
  SecondSubnet: 'subnet-0123456789abcdef1',
  'ClusterSecurityGroup.GroupId': 'sg-0123456789abcdef0',
  'ExecutionRole.Arn': `arn:aws-us-gov:iam::111122223333:role/${'r'.repeat(64)}`,
  NodeBucket: `sagemaker-${'b'.repeat(53)}`,
  'FileSystem.DNSName': 'fs-0123456789abcdef0.fsx.ap-southeast-2.amazonaws.com',
  'FileSystem.LustreMountName': 'abcdebmv',
  'LoadBalancerSecurityGroup.GroupId': 'sg-0123456789abcdef1',
  Directory: 'd-0123456789',
  Certificate: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
  'Certificate.AuthorityKeySha256': '0a'.repeat(32),
  AdminSecret: `arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:${'S'.repeat(40)}-GhIjKl`,
  AlarmTopic: `arn:aws-us-gov:sns:us-gov-west-1:111122223333:${'t'.repeat(160)}`,
  BindSecret: `arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:${'S'.repeat(40)}-AbCdEf`,
};
const CHOSEN: Record<string, string> = {
  AlarmTopicArn: `arn:aws-us-gov:sns:us-gov-west-1:111122223333:${'t'.repeat(256)}`,
  VpcId: MADE['Vpc']!,
  ClusterSubnetId: MADE['ClusterSubnet']!,
  SecondSubnetId: MADE['SecondSubnet']!,
  ClusterSecurityGroupId: MADE['ClusterSecurityGroup.GroupId']!,
  ExecutionRoleArn: MADE['ExecutionRole.Arn']!,
  NodeBucketName: MADE['NodeBucket']!,
  FileSystemDnsName: MADE['FileSystem.DNSName']!,
  FileSystemMountName: MADE['FileSystem.LustreMountName']!,
  ShortName: 'n'.repeat(15),
  DomainName: `${'d'.repeat(31)}.${'e'.repeat(32)}`,
  CertificateArn: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
};

interface Place {
  readonly region?: string;
  readonly urlSuffix?: string;
  readonly stackName?: string;
}

/** An output as CloudFormation would write it. Every condition over a parameter is true, as with a file system. */
function nextLink(
  template: any,
  { region = 'us-west-2', urlSuffix = 'amazonaws.com', stackName = 'podlaunch-prerequisites' }: Place,
  output: 'NextLink' | 'PeopleLink' = 'NextLink',
): string {
  const pseudo: Record<string, string> = {
    'AWS::Region': region,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': urlSuffix,
  };
  return evaluate(template.Outputs[output].Value);

  function evaluate(value: any): any {
    if (typeof value === 'string') return value;
    const [[name, argument]] = Object.entries<any>(value) as [[string, any]];
    if (name === 'Ref') return known(argument);
    if (name === 'Fn::GetAtt') return known(argument.join('.'));
    if (name === 'Fn::Join') return evaluate(argument[1]).join(argument[0]);
    if (name === 'Fn::Split') return evaluate(argument[1]).split(argument[0]);
    if (name === 'Fn::If') return evaluate(argument[holds(argument[0]) ? 1 : 2]);
    expect(name).toBe('Fn::Sub');
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : argument;
    return text.replaceAll(/\$\{([^}]+)\}/g, (_: string, key: string) =>
      key in variables ? evaluate(variables[key]) : known(key),
    );
  }
  function known(key: string): string {
    return pseudo[key] ?? MADE[key] ?? CHOSEN[key] ?? expect.fail(`no value for ${key}`);
  }
  function holds(condition: string): boolean {
    if ('Fn::Not' in template.Conditions[condition]) return true;
    const [left, right] = template.Conditions[condition]['Fn::Equals'] ?? [];
    return (
      ['WantsFileSystem', 'WantsDirectory', 'WantsCertificate'].includes(condition) ||
      evaluate(left) === evaluate(right)
    );
  }
}

const templates = (location?: typeof LOCATION) => compile(DEFAULTS, ASSETS, location).map(({ value }) => value as any);
const [prerequisites, directory, cluster] = templates(LOCATION) as [any, any, any];

test('it opens the form of the next template of the release, filled in whole', () => {
  const first = partsOfLink(nextLink(prerequisites, {}));
  expect(first).toMatchObject({
    form: 'us-west-2.console.aws.amazon.com/cloudformation/home#/stacks/create/review',
    templateUrl: 'https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/releases/1.0.0/templates/directory.yaml',
    stackName: 'podlaunch-directory',
  });
  const second = partsOfLink(nextLink(directory, { stackName: 'podlaunch-directory' }));
  expect(second).toMatchObject({
    templateUrl: 'https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/releases/1.0.0/templates/cluster.yaml',
    stackName: 'podlaunch-cluster',
  });
  for (const [template, { parameters }] of [
    [directory, first],
    [cluster, second],
  ] as const) {
    const asked = Object.keys(template.Parameters).filter((name) => template.Parameters[name].Default === undefined);
    expect(asked.filter((name) => parameters[name] === undefined)).toEqual([]);
    for (const name of Object.keys(parameters)) expect(template.Parameters).toHaveProperty(name);
  }
});

test('the directory leads to people too, where it made the directory: all is filled in but the first person', () => {
  const people = compileStacks([peopleStack], settingsOf(DEFAULTS, ASSETS, LOCATION))[0]!.value as any;
  const link = nextLink(directory, { stackName: 'podlaunch-directory' }, 'PeopleLink');
  const { parameters, stackName, templateUrl } = partsOfLink(link);
  expect([stackName, templateUrl]).toEqual(['podlaunch-people', expect.stringMatching(/\/templates\/people\.yaml$/)]);
  const asked = Object.keys(people.Parameters).filter((name) => people.Parameters[name].Default === undefined);
  expect(asked.filter((name) => !parameters[name])).toEqual(['AdminUser', 'AdminPublicKey']);
  for (const [name, value] of Object.entries(parameters))
    expect(value, name).toMatch(new RegExp(`^(?:${people.Parameters[name].AllowedPattern ?? '.*'})$`));
  expect(directory.Outputs.PeopleLink.Condition).toBe('WantsDirectory');
  // People are in releases only.
  expect(templates()[1].Outputs).not.toHaveProperty('PeopleLink');
});

test('the launchpads lead to access: all is filled in but where people come from', () => {
  const stacks = compileStacks(
    [launchpadStack, launchpadTrialStack, accessStack],
    settingsOf(DEFAULTS, ASSETS, LOCATION),
  );
  const [launchpad, trial, access] = stacks.map(({ value }) => value as any);
  const pseudo = { 'AWS::Region': 'us-west-2', 'AWS::URLSuffix': 'amazonaws.com' };
  for (const [template, stackName] of [
    [launchpad, 'physics-launchpad'],
    [trial, 'physics-launchpad-trial'],
  ] as const) {
    const made = Object.fromEntries(Object.entries(template.Outputs).map(([name]) => [name, `of-${name}`]));
    const given = { ...pseudo, ...MADE, ...made, Vpc: 'vpc-1', 'AWS::StackName': stackName };
    const link = resolved(template, template.Outputs.AccessLink.Value, given);
    const { parameters, stackName: name, templateUrl } = partsOfLink(String(link));
    expect([name, templateUrl]).toEqual(['physics-access', expect.stringMatching(/\/templates\/access\.yaml$/)]);
    const asked = Object.keys(access.Parameters).filter((one) => access.Parameters[one].Default === undefined);
    expect(asked.filter((one) => !(one in parameters))).toEqual(['BastionCidr']);
    for (const one of Object.keys(parameters)) expect(access.Parameters).toHaveProperty(one);
    for (const one of Object.keys(parameters)) expect(template.Outputs).toHaveProperty(one);
  }
});

test('what a stack needs of those before it is in the link to it', () => {
  for (const [index, from] of [prerequisites, directory].entries()) {
    const { parameters } = partsOfLink(nextLink(from, {}));
    const { parts } = SMALL_STACKS[index + 1]!;
    const given = parts.flatMap(({ gives }) => Object.keys(gives));
    const needed = new Set(parts.flatMap(({ needs }) => Object.keys(needs)).filter((name) => !given.includes(name)));
    expect(Object.keys(parameters).sort()).toEqual([...needed].sort());
  }
});

test.each([
  ['cn-north-1', 'console.amazonaws.cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'console.amazonaws-us-gov.com', 'amazonaws.com'],
  ['eusc-de-east-1', 'console.amazonaws-eusc.eu', 'amazonaws.eu'],
])('in %s too', (region, host, urlSuffix) => {
  const [first] = templates({ ...LOCATION, bucketRegion: region });
  const link = nextLink(first, { region, urlSuffix });
  expect(new URL(link).host).toBe(host);
  expect(new URL(link).search).toBe(`?region=${region}`);
  expect(partsOfLink(link).templateUrl).toContain(`https://my-releases.s3.${region}.${urlSuffix}/`);
});

test('a stack of another name leads on to one of that name, and never to itself', () => {
  const name = (stackName: string) => partsOfLink(nextLink(prerequisites, { stackName })).stackName;
  expect(name('physics-prerequisites')).toBe('physics-directory');
  expect(name('physics')).toBe('physics-directory');
});

test('what a template’s parameters say does not change where it leads', () => {
  const referred = JSON.stringify(prerequisites.Outputs.NextLink).match(/Release\w+/g);
  expect(referred).toBeNull();
});

test('the longest link: the URL of the template within CloudFormation’s 1,024 characters, all of it within 4,096', () => {
  const [first, second] = templates(LONGEST);
  const links = [
    [first, 'NextLink'],
    [second, 'NextLink'],
    [second, 'PeopleLink'],
  ] as const;
  for (const [template, output] of links) {
    const link = nextLink(template, { region: 'ap-southeast-2', stackName: 's'.repeat(110) }, output);
    expect(partsOfLink(link).templateUrl.length).toBeLessThanOrEqual(1024);
    expect(link.length).toBeLessThanOrEqual(4096);
  }
});

describe.each([
  ['link', LOCATION],
  ['line', undefined],
] as const)('what goes into the %s needs no encoding and no quotes', (_, location) => {
  test.each(['prerequisites', 'directory'])('%s', (stack) => {
    const template = templates(location)[stack === 'prerequisites' ? 0 : 1];
    const { NextLink, PeopleLink } = template.Outputs;
    const text = JSON.stringify([NextLink.Value, PeopleLink?.Value]);
    const used = Object.keys(template.Parameters).filter(
      (name) => text.includes(`\${${name}}`) || text.includes(`"${name}"}`),
    );
    for (const name of used) {
      const { AllowedPattern, ConstraintDescription, Type } = template.Parameters[name];
      if (Type !== 'String') continue;
      const example = /such as ([^ ;]+[^ .;])/.exec(ConstraintDescription)![1]!;
      for (const sign of [' ', '+', '&', '#', '%', '?', '"', "'", '$', '`', ';', '\\', '\n', 'ä']) {
        const spoiled = [
          sign,
          sign + example,
          example + sign,
          ...[...example].map((_, i) => example.slice(0, i) + sign + example.slice(i)),
        ];
        for (const bad of spoiled) expect(bad, `${name} ${bad}`).not.toMatch(new RegExp(`^(?:${AllowedPattern})$`));
      }
    }
    // ShortName is in the link to people.
    expect(used.length).toBe(stack === 'prerequisites' ? 0 : location ? 12 : 11);
  });
});

test('without a release it is the line that makes the next stack', () => {
  const [first, second] = templates();
  expect(nextLink(first, {})).toBe(
    `aws cloudformation deploy --region us-west-2 --stack-name podlaunch-directory --template-file dist/directory.yaml --capabilities CAPABILITY_IAM --parameter-overrides VpcId=${MADE['Vpc']} VpcCidr=10.0.0.0/16 ClusterSubnetId=${MADE['ClusterSubnet']} SecondSubnetId=${MADE['SecondSubnet']} ClusterSecurityGroupId=${MADE['ClusterSecurityGroup.GroupId']} AlarmTopicArn=${MADE['AlarmTopic']} ExecutionRoleArn=${MADE['ExecutionRole.Arn']} NodeBucketName=${MADE['NodeBucket']} FileSystemDnsName=${MADE['FileSystem.DNSName']} FileSystemMountName=abcdebmv CertificateArn=VALUE`,
  );
  expect(nextLink(second, { stackName: 'podlaunch-directory' })).not.toContain('VALUE');
});
