import { describe, expect, test } from 'vitest';
import { dataOf } from '../support/compiled.ts';
import { resolved } from '../support/resolved.ts';

const { Resources } = dataOf('directory');
const generated = { PasswordLength: 32, RequireEachIncludedType: true, ExcludeCharacters: '"\'\\`$ ' };

// A later release updates stacks that exist. If one of these tests fails, change the code back, not the test: the update
// would write a new password that the directory does not know, or make a new, empty directory.
describe('what a release may never change in the directory stack', () => {
  test('how the password of Admin is generated, and that its secret stays', () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = Resources.AdminSecret;
    expect(Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"username":"Admin"}',
      GenerateStringKey: 'password',
      ...generated,
    });
    expect(Properties).not.toHaveProperty('Name');
    expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('how the password of the bind account is generated, the account aside', () => {
    const { Properties } = Resources.BindSecret;
    const { SecretStringTemplate, ...rest } = Properties.GenerateSecretString;
    expect(rest).toEqual({ GenerateStringKey: 'password', ...generated });
    const template = dataOf('directory');
    expect(resolved(template, SecretStringTemplate, { DomainName: 'corp.example.com', ShortName: 'corp' })).toBe(
      '{"bindDn":"CN=ReadOnly,OU=Users,OU=corp,DC=corp,DC=example,DC=com"}',
    );
    expect(Properties).not.toHaveProperty('Name');
  });

  test('the directory: all but EnableSso replaces it, and so does another text of the reference to its password', () => {
    expect(Resources.Directory.Properties).toEqual({
      Name: { Ref: 'DomainName' },
      ShortName: { Ref: 'ShortName' },
      Edition: { Ref: 'Edition' },
      Password: { 'Fn::Sub': '{{resolve:secretsmanager:${AdminSecret}:SecretString:password}}' },
      VpcSettings: { VpcId: { Ref: 'VpcId' }, SubnetIds: [{ Ref: 'ClusterSubnetId' }, { Ref: 'SecondSubnetId' }] },
    });
  });
});

// Here the update would write a new password that the database does not know, or make a new, empty database.
describe('what a release may never change of the accounting database', () => {
  const { SlurmDatabase, SlurmDatabaseSecret } = dataOf('cluster').Resources;

  test('how its password is generated', () => {
    expect(SlurmDatabaseSecret.Properties).not.toHaveProperty('Name');
    expect(SlurmDatabaseSecret.Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"username":"slurm"}',
      GenerateStringKey: 'password',
      PasswordLength: 32,
      ExcludePunctuation: true,
    });
  });

  test('what replaces it', () => {
    const { Properties } = SlurmDatabase;
    for (const name of ['DBInstanceIdentifier', 'DBName', 'KmsKeyId']) expect(Properties).not.toHaveProperty(name);
    expect(Properties).toMatchObject({
      Engine: 'mysql',
      StorageEncrypted: true,
      DBSubnetGroupName: { Ref: 'SlurmDatabaseSubnets' },
      MasterUsername: 'slurm',
      MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${SlurmDatabaseSecret}:SecretString:password}}' },
    });
  });
});
