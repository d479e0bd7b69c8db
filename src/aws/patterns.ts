/** A pattern for a parameter, and what CloudFormation says when a value does not match: what is allowed, with an example. */
export interface ParameterPattern {
  readonly AllowedPattern: string;
  readonly ConstraintDescription: string;
}

/** The same pattern for a parameter that may be left empty. */
export function optional(pattern: ParameterPattern): ParameterPattern {
  return {
    AllowedPattern: `^$|${pattern.AllowedPattern}`,
    ConstraintDescription: `${pattern.ConstraintDescription.replace(/\.$/, '')}; or empty.`,
  };
}

// No pattern lets a quote, a backslash or a control character through: some values are written into JSON.

export const VPC_CIDR: ParameterPattern = {
  AllowedPattern:
    '^(10\\.([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])|172\\.(1[689]|2[0-9]|3[01])|192\\.168)\\.0\\.0/16$',
  ConstraintDescription: 'A private /16 block but 172.17.0.0/16, which Docker takes on the nodes, such as 10.0.0.0/16.',
};

/** 0 to 255. */
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

export const IPV4_CIDR: ParameterPattern = {
  AllowedPattern: `^${OCTET}(\\.${OCTET}){3}/(1[6-9]|2[0-8])$`,
  ConstraintDescription: 'The IPv4 block of a VPC, a /16 to a /28, such as 10.0.0.0/16.',
};

/** People's networks: no block larger than a /8, so neither 0.0.0.0/0 nor two halves of it. A VPC of these stacks has no IPv6. */
export const PEOPLE_CIDR: ParameterPattern = {
  AllowedPattern: `^${OCTET}(\\.${OCTET}){3}/([89]|[12][0-9]|3[0-2])$`,
  ConstraintDescription: 'An IPv4 block, a /8 to a /32 (0.0.0.0/0 and ::/0 are refused), such as 203.0.113.0/24.',
};

const KEY_TYPE =
  '(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com|sk-ecdsa-sha2-nistp256@openssh\\.com)';
const PUBLIC_KEY = `${KEY_TYPE} [A-Za-z0-9+/]{60,1400}={0,2}( [A-Za-z0-9@._-]{1,64})?`;

export const PUBLIC_KEYS: ParameterPattern = {
  AllowedPattern: `^${PUBLIC_KEY}(,${PUBLIC_KEY})*$`,
  ConstraintDescription:
    'Public SSH keys with commas between them, each as in its file .pub, such as ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKexampleexampleexampleexampleexampleexample0 ada@example.com.',
};

export const EC2_INSTANCE_TYPE: ParameterPattern = {
  AllowedPattern: '^[a-z][a-z0-9-]*\\.[a-z0-9]+$',
  ConstraintDescription: 'An EC2 instance type with an x86 processor, such as t3.micro.',
};

export const DIRECTORY_ID: ParameterPattern = {
  AllowedPattern: '^d-[0-9a-f]{10}$',
  ConstraintDescription: 'The id of a directory, such as d-0123456789.',
};

export const CLUSTER_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:cluster/[a-z0-9]+$',
  ConstraintDescription:
    'The ARN of a HyperPod cluster, such as arn:aws:sagemaker:us-west-2:111122223333:cluster/abcdefghij12.',
};

export const IPV4_ADDRESS: ParameterPattern = {
  AllowedPattern: `^${OCTET}(\\.${OCTET}){3}$`,
  ConstraintDescription: 'An IPv4 address, such as 10.0.0.10.',
};

export const ZONE_ID: ParameterPattern = {
  AllowedPattern: '^[a-z]{3,5}[0-9]+(-[a-z]{3}[0-9]+)?-az[0-9]+$',
  ConstraintDescription: 'The id of an availability zone, such as usw2-az1.',
};

/** The id of a thing in EC2, as it begins. */
function ec2Id(prefix: string, thing: string): ParameterPattern {
  return {
    AllowedPattern: `^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`,
    ConstraintDescription: `The id of a ${thing}, such as ${prefix}-0123456789abcdef0.`,
  };
}

export const VPC_ID_PATTERN: ParameterPattern = ec2Id('vpc', 'VPC');

export const SUBNET_ID: ParameterPattern = ec2Id('subnet', 'subnet');

export const SECURITY_GROUP_ID: ParameterPattern = ec2Id('sg', 'security group');

export const BUCKET_NAME: ParameterPattern = {
  AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
  ConstraintDescription: 'The name of an S3 bucket, such as my-releases.',
};

export const NODE_BUCKET_NAME: ParameterPattern = {
  AllowedPattern: '^sagemaker-[a-z0-9.-]{1,52}[a-z0-9]$',
  ConstraintDescription: 'An S3 bucket whose name starts with sagemaker-, such as sagemaker-1234.',
};

export const REGION: ParameterPattern = {
  AllowedPattern: '^[a-z]{2}(-[a-z]+)+-[0-9]+$',
  ConstraintDescription: 'A region, such as us-west-2.',
};

export const KEY_PREFIX: ParameterPattern = {
  AllowedPattern: '^([A-Za-z0-9!_.()-]+/)+$',
  ConstraintDescription: 'A key prefix that ends in a slash, such as podlaunch/releases/1.0.0/.',
};

/**
 * What CreateMicrosoftAD takes as a name: labels of letters and digits, with single hyphens between them. Active Directory
 * takes 64 characters, so that no label can be too long.
 */
export const DOMAIN_NAME: ParameterPattern & { readonly MaxLength: number } = {
  AllowedPattern: '^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$',
  MaxLength: 64,
  ConstraintDescription:
    'A DNS name in lower case, at least two labels with single hyphens, at most 64 characters, such as hyperpod.internal.',
};

/** What a person logs in as; preflight says which names are taken. Active Directory takes 20 characters. */
export const PERSON_NAME: ParameterPattern & { readonly MaxLength: number } = {
  AllowedPattern: '^[a-z]([a-z0-9._-]*[a-z0-9])?$',
  MaxLength: 20,
  ConstraintDescription: 'A name of at most 20 lower-case letters, digits, dots, hyphens and underscores, such as ada.',
};

export const SHA256: ParameterPattern = {
  AllowedPattern: '^[0-9a-f]{64}$',
  ConstraintDescription: `64 digits and letters a to f, such as ${'0a'.repeat(32)}.`,
};

export const SHORT_NAME: ParameterPattern = {
  AllowedPattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,14}$',
  ConstraintDescription: 'A NetBIOS name of at most 15 letters, digits and hyphens, such as hyperpod.',
};

export const BIND_DN: ParameterPattern = {
  AllowedPattern: '^(CN|OU|DC)=[A-Za-z0-9 ._-]+(,(CN|OU|DC)=[A-Za-z0-9 ._-]+)+$',
  ConstraintDescription: 'A distinguished name, such as CN=ReadOnly,OU=Users,OU=hyperpod,DC=hyperpod,DC=abc123,DC=com.',
};

export const CERTIFICATE_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$',
  ConstraintDescription:
    'The ARN of an ACM certificate, such as arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef.',
};

export const SECRET_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$',
  ConstraintDescription:
    'The ARN of a secret, such as arn:aws:secretsmanager:us-west-2:111122223333:secret:BindSecret-a1b2c3.',
};

export const TOPIC_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$',
  ConstraintDescription: 'The ARN of an SNS topic, such as arn:aws:sns:us-west-2:111122223333:alarms.',
};

export const ROLE_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@-]+$',
  ConstraintDescription: 'The ARN of a role without a path, such as arn:aws:iam::111122223333:role/nodes.',
};

/** As ROLE_ARN, without the signs that would have to be encoded in a URL. */
export const LINKED_ROLE_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_.-]+$',
  ConstraintDescription:
    'The ARN of a role without a path, of letters, digits and _.-, such as arn:aws:iam::111122223333:role/nodes.',
};

export const CLUSTER_NAME: ParameterPattern = {
  AllowedPattern: '^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$',
  ConstraintDescription: 'At most 63 letters, digits and hyphens between them, such as hyperpod.',
};

export const INSTANCE_TYPE: ParameterPattern = {
  AllowedPattern: '^ml\\.[a-z0-9-]+\\.[a-z0-9]+$',
  ConstraintDescription: 'A SageMaker instance type, such as ml.p5.48xlarge.',
};

export const TRAINING_PLAN_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:training-plan/[A-Za-z0-9][A-Za-z0-9-]*$',
  ConstraintDescription:
    'The ARN of a training plan, such as arn:aws:sagemaker:us-west-2:111122223333:training-plan/gpus.',
};

export const DATABASE_CLASS: ParameterPattern = {
  AllowedPattern: '^db\\.[a-z0-9-]+\\.[a-z0-9]+$',
  ConstraintDescription: 'An RDS instance class, such as db.t4g.small.',
};

export const FILE_SYSTEM_DNS_NAME: ParameterPattern = {
  AllowedPattern: '^fs-[0-9a-f]{8,}\\.fsx\\.[a-z0-9.-]+$',
  ConstraintDescription:
    'The DNS name of a file system for Lustre, such as fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com.',
};

export const FILE_SYSTEM_MOUNT_NAME: ParameterPattern = {
  AllowedPattern: '^[A-Za-z0-9_-]{1,8}$',
  ConstraintDescription: 'The mount name of a file system for Lustre, such as abcdebmv.',
};

export const MOUNT_PATH: ParameterPattern = {
  AllowedPattern: '^(/[A-Za-z0-9._-]+)+$',
  ConstraintDescription: 'An absolute path, such as /fsx.',
};

export const PRINCIPAL_ARN: ParameterPattern = {
  AllowedPattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9_+=,.@/-]+$',
  ConstraintDescription: 'The ARN of a role or user, such as arn:aws:iam::111122223333:role/admin.',
};

export const PRINCIPAL_ARNS: ParameterPattern = {
  AllowedPattern:
    '^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9_+=.@/-]+(,arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9_+=.@/-]+)*$',
  ConstraintDescription:
    'ARNs of roles or users with commas between them, such as arn:aws:iam::111122223333:role/admin.',
};

export const EMAIL: ParameterPattern = {
  AllowedPattern: '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$',
  ConstraintDescription: 'An e-mail address, such as team@example.com.',
};
