import { actionsOf } from '../../schema/iam-actions.ts';
import { isIpAddress } from './addresses.ts';

/** A property whose service takes certain texts only, which the registry's schemas do not say. */
export interface KnownValue {
  readonly type: string;
  readonly property: string;
  /** The texts that it may be, or how to tell. */
  readonly fits: readonly string[] | RegExp | ((text: string) => boolean);
  /** What it must be, in words; of a list, the list itself. */
  readonly what?: string;
  /** Where the service says so. */
  readonly url: string;
}

const FSX = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_';
const ELB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_';
const EC2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_';
const CREATE = `${FSX}CreateFileSystem.html`;
const LUSTRE = `${FSX}CreateFileSystemLustreConfiguration.html`;
const FILE_SYSTEM = 'AWS::FSx::FileSystem';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DAYS = (most: number) => (text: string) => /^\d+$/.test(text) && Number(text) <= most;
/** Each label of a domain's name has at most 63 characters, all together 255. */
const isDomain = (text: string): boolean =>
  text.length <= 255 &&
  text.split('.').length > 1 &&
  text.split('.').every((one) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(one));

/** FSx: the schemas of the registry say `string` of nearly all. */
const FILE_SYSTEMS: readonly KnownValue[] = [
  { type: FILE_SYSTEM, property: 'FileSystemType', fits: ['WINDOWS', 'LUSTRE', 'ONTAP', 'OPENZFS'], url: CREATE },
  { type: FILE_SYSTEM, property: 'StorageType', fits: ['SSD', 'HDD', 'INTELLIGENT_TIERING'], url: CREATE },
  { type: FILE_SYSTEM, property: 'FileSystemTypeVersion', fits: ['2.10', '2.12', '2.15'], url: CREATE },
  { type: FILE_SYSTEM, property: 'NetworkType', fits: ['IPV4', 'DUAL'], url: CREATE },
  ...(
    [
      ['DeploymentType', ['SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2']],
      ['DataCompressionType', ['NONE', 'LZ4']],
      ['DriveCacheType', ['NONE', 'READ']],
      ['AutoImportPolicy', ['NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED']],
      ['LogConfiguration.Level', ['DISABLED', 'WARN_ONLY', 'ERROR_ONLY', 'WARN_ERROR']],
      ['MetadataConfiguration.Mode', ['AUTOMATIC', 'USER_PROVISIONED']],
      [
        'DataReadCacheConfiguration.SizingMode',
        ['NO_CACHE', 'USER_PROVISIONED', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'],
      ],
    ] as const
  ).map(([name, fits]) => ({ type: FILE_SYSTEM, property: `LustreConfiguration.${name}`, fits, url: LUSTRE })),
  ...['LustreConfiguration', 'WindowsConfiguration', 'OpenZFSConfiguration', 'OntapConfiguration'].flatMap((name) => [
    {
      type: FILE_SYSTEM,
      property: `${name}.AutomaticBackupRetentionDays`,
      fits: DAYS(90),
      what: '0 to 90 days',
      url: LUSTRE,
    },
    {
      type: FILE_SYSTEM,
      property: `${name}.DailyAutomaticBackupStartTime`,
      fits: TIME,
      what: "a time such as '03:00'",
      url: LUSTRE,
    },
    {
      type: FILE_SYSTEM,
      property: `${name}.WeeklyMaintenanceStartTime`,
      fits: /^[1-7]:(?:[01]\d|2[0-3]):[0-5]\d$/,
      what: "a day from 1, Monday, to 7, and a time, such as '7:02:00'",
      url: LUSTRE,
    },
  ]),
];

/** Load balancers, networks, names and the services beside them. */
const OTHERS: readonly KnownValue[] = [
  {
    type: BALANCER,
    property: 'Name',
    fits: /^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/,
    what: 'at most 32 letters, digits and hyphens, not internal-…',
    url: `${ELB}CreateLoadBalancer.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    property: 'Name',
    fits: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/,
    what: 'at most 32 letters, digits and hyphens',
    url: `${ELB}CreateTargetGroup.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    property: 'Certificates.*.CertificateArn',
    fits: /^arn:[\w-]+:(?:acm:[\w-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/.+$/,
    what: 'the ARN of a certificate of ACM or IAM',
    url: `${ELB}Certificate.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    property: 'AlpnPolicy.*',
    fits: ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'],
    url: `${ELB}CreateListener.html`,
  },
  ...['DomainNameServers', 'NtpServers', 'NetbiosNameServers'].map((name) => ({
    type: 'AWS::EC2::DHCPOptions',
    property: `${name}.*`,
    fits: (text: string) => isIpAddress(text) || (name === 'DomainNameServers' && text === 'AmazonProvidedDNS'),
    what: name === 'DomainNameServers' ? 'an address, or AmazonProvidedDNS' : 'an address',
    url: `${EC2}CreateDhcpOptions.html`,
  })),
  {
    type: 'AWS::EC2::VPCEndpoint',
    property: 'ServiceName',
    fits: /^[\w-]+(?:\.[\w-]+){2,}$/,
    what: 'the whole name of a service, such as com.amazonaws.us-west-2.s3',
    url: `${EC2}CreateVpcEndpoint.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    property: 'GroupName',
    fits: /^(?!sg-)/,
    what: 'a name that does not start with sg-',
    url: `${EC2}CreateSecurityGroup.html`,
  },
  {
    type: 'AWS::DirectoryService::MicrosoftAD',
    property: 'Name',
    fits: isDomain,
    what: 'a domain name of two labels or more, each of at most 63 letters, digits and hyphens',
    url: 'https://docs.aws.amazon.com/directoryservice/latest/devguide/API_CreateMicrosoftAD.html',
  },
  {
    type: 'AWS::DirectoryService::MicrosoftAD',
    property: 'ShortName',
    fits: /^[^\\/:*?"<>|.]{1,15}$/,
    what: 'at most 15 characters, without a dot',
    url: 'https://docs.aws.amazon.com/directoryservice/latest/devguide/API_CreateMicrosoftAD.html',
  },
  {
    type: 'AWS::DirectoryService::MicrosoftAD',
    property: 'Password',
    fits: (text) => !text.toLowerCase().includes('admin'),
    what: 'a password without the word admin',
    url: 'https://docs.aws.amazon.com/directoryservice/latest/devguide/API_CreateMicrosoftAD.html',
  },
  {
    type: 'AWS::SNS::Subscription',
    property: 'Protocol',
    fits: ['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'],
    url: 'https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html',
  },
  {
    type: 'AWS::Lambda::Permission',
    property: 'Action',
    fits: (text) =>
      text === 'lambda:*' ||
      text === '*' ||
      actionsOf('lambda')?.has(text.toLowerCase().replace('lambda:', '')) === true,
    what: 'an action of Lambda, such as lambda:InvokeFunction',
    url: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  },
  {
    type: 'AWS::SSM::Parameter',
    property: 'Name',
    fits: /^(?!\/?(?:aws|ssm))(?:[\w.-]+|(?:\/[\w.-]+){1,15})$/i,
    what: 'letters, digits and ._-, in levels that each start with /, and not start with aws or ssm',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
  },
  {
    type: 'AWS::SSM::Association',
    property: 'Targets.*.Key',
    fits: /^(?:InstanceIds|ParameterValues|WindowTargetIds|aws:NoOpAutomationTag|tag-key|tag:.+|resource-groups:(?:Name|ResourceTypeFilters)|resource-groups|ResourceGroup|AWS::EC2::Instance)$/,
    what: 'InstanceIds, tag:NAME, resource-groups:Name or ParameterValues',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Target.html',
  },
  {
    type: 'AWS::KMS::Alias',
    property: 'AliasName',
    fits: /^(?!alias\/aws\/)/,
    what: 'an alias that does not start with alias/aws/, which AWS keeps for itself',
    url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html',
  },
  {
    type: 'AWS::SecretsManager::Secret',
    property: 'GenerateSecretString.PasswordLength',
    fits: (text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 4096,
    what: '1 to 4096 characters',
    url: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    property: 'Engine',
    fits: /^(?:aurora-(?:mysql|postgresql)|mysql|mariadb|postgres|db2-(?:se|ae)|oracle-(?:ee|se2)(?:-cdb)?|sqlserver-(?:ee|se|ex|web|dev-ee)|custom-(?:oracle-(?:ee|se2)(?:-cdb)?|sqlserver-(?:ee|se|web|dev)))$/i,
    what: 'the name of an engine, such as postgres',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html',
  },
  {
    type: 'AWS::Route53::HostedZone',
    property: 'Name',
    fits: (text) =>
      text.length <= 255 &&
      text
        .replace(/\.$/, '')
        .split('.')
        .every((one) => one.length > 0 && one.length <= 63),
    what: 'a domain name whose labels have 1 to 63 characters',
    url: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html',
  },
  {
    type: 'AWS::EC2::Route',
    property: 'DestinationCidrBlock',
    fits: (text) => /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text),
    what: 'a block of addresses, such as 0.0.0.0/0',
    url: `${EC2}CreateRoute.html`,
  },
];

/** What services take, by type and property. */
export const KNOWN_VALUES: readonly KnownValue[] = [...FILE_SYSTEMS, ...OTHERS];
