import type { Declaration } from '../lib/declaration.ts';

/** Makes people, groups and bind accounts in the directory, over LDAP through the stack's load balancer. */
export const peopleFunction = {
  name: 'people',
  description: 'Makes people, groups and the accounts that nodes search with, in the directory',
  runtime: 'nodejs24.x',
  memory: 512,
  timeout: 900,
  inVpc: true,
  environment: {
    DomainName: 'text',
    /** NetBIOS name of the domain, and name of the unit that Admin administers. */
    ShortName: 'text',
    DirectoryId: 'text',
    /** The load balancer, on 636. */
    LdapsHost: 'text',
    /** Whose authority is the only one that is trusted. */
    CertificateArn: 'text',
    /** SHA-256 of the public key of the authority that the stack made: the one in ACM must have this key. */
    AuthorityKeySha256: 'text',
    AdminSecretArn: 'text',
    BindSecretArn: 'text',
    /** Who is told of new administrators; empty: nobody. */
    AlarmTopicArn: 'text',
    /** `true`: people get a policy of passwords. */
    PeoplePolicy: 'text',
    /** Groups whose members are root of the cluster, with a comma between them. */
    SudoGroups: 'text',
    /** How the names of the secrets begin that hand passwords over to people. */
    HandOverPrefix: 'text',
  },
  permissions: {
    ReadSecrets: { actions: ['secretsmanager:GetSecretValue'], on: 'given' },
    SetPasswords: { actions: ['ds:ResetUserPassword'], on: 'given' },
    HandPasswordsOver: {
      actions: [
        ...['secretsmanager:CreateSecret', 'secretsmanager:PutResourcePolicy', 'secretsmanager:PutSecretValue'],
        'secretsmanager:DeleteSecret',
      ],
      on: 'given',
    },
    FindHandedOver: {
      actions: ['secretsmanager:ListSecrets'],
      on: 'anything',
      why: 'Secrets Manager lists all names or none; no value is among them.',
    },
    TellOfAdministrators: { actions: ['sns:Publish'], on: 'given' },
    FindControllers: { actions: ['ds:DescribeDomainControllers'], on: 'given' },
    ReadCertificate: { actions: ['acm:GetCertificate'], on: 'given' },
  },
  // Lambda lets go of a function in a VPC after two idle weeks: the next call would fail.
  schedule: { expression: 'rate(1 day)', properties: {} },
} as const;
peopleFunction satisfies Declaration;
