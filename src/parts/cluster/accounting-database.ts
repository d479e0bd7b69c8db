import { why } from '../../aws/comments.ts';
import { type Condition, equals } from '../../aws/conditions.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { DBInstance } from '../../aws/generated/rds-db-instance.ts';
import { DBParameterGroup } from '../../aws/generated/rds-db-parameter-group.ts';
import { DBSubnetGroup } from '../../aws/generated/rds-db-subnet-group.ts';
import { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import { DATABASE_CLASS } from '../../aws/patterns.ts';
import { lastSnapshot } from '../../aws/retention.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import { id, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';
import { SUBNETS_FIT } from '../network/subnets-fit.ts';
import { CLUSTER_NETWORK } from './cluster-network.ts';

/** HyperPod's documentation names MySQL, not MariaDB. RDS chooses the minor version, which it withdraws after a year or so. */
const ENGINE = { Engine: 'mysql', EngineVersion: '8.4' } as const;
const PORT = 3306;
const USER = 'slurm';

/** A MySQL database for Slurm's accounting, which outlives the controller; only where the launcher asks for it. */
export const accountingDatabase = part({
  name: 'accounting-database',
  group: 'Accounting database',
  choices(form) {
    const create = form.flag('AccountingDatabase', {
      label: 'Create an accounting database',
      Description:
        "Whether Slurm's accounting is in a database (RDS for MySQL) that outlives the controller. Without one it is on the controller's disk and goes with it. Needs NodeProvisioningMode Continuous. Choose as you make the cluster: nothing is moved later.",
      Default: false,
    });
    return {
      create,
      wanted: form.condition('WantsAccountingDatabase', equals(create, 'true')),
      instanceClass: form.text('AccountingDatabaseClass', {
        label: 'Class of the database',
        Description: 'RDS instance class. A larger one costs more. An update can change it.',
        Default: 'db.t4g.small',
        ...DATABASE_CLASS,
      }),
      most: form.number('AccountingDatabaseStorage', {
        label: 'Largest storage (GiB)',
        Description: 'The database begins with 20 GiB and grows up to this.',
        Default: 100,
        MinValue: 25,
        MaxValue: 16384,
        ConstraintDescription: 'A number from 25 to 16384, such as 100.',
      }),
    };
  },
  needs: {
    clusterMode: made,
    VpcId: VPC_ID,
    ...CLUSTER_NETWORK,
    SecondSubnetId: id('AWS::EC2::Subnet::Id', {
      group: 'Network (outputs of stack 1, prerequisites)',
      label: 'Subnet in a second zone',
      Description: 'Private subnet that the accounting database may be in too: RDS asks for two zones.',
    }),
  },
  rules: [SUBNETS_FIT],
  build(template, needs, { retain }: { readonly retain: boolean }) {
    const { create, wanted, clusterMode, ClusterSubnetId, SecondSubnetId } = needs;
    template.rule('AccountingDatabaseFits', {
      when: equals(create, 'true'),
      assertions: [
        {
          assert: equals(clusterMode.provisioning, 'Continuous'),
          description: 'AccountingDatabase needs NodeProvisioningMode Continuous.',
        },
      ],
    });
    const secret = databaseSecret(template, wanted);
    const securityGroup = databaseSecurityGroup(template, wanted, needs);
    const subnets = template.resource(
      'SlurmDatabaseSubnets',
      new DBSubnetGroup({
        DBSubnetGroupDescription: "Two zones for the database with Slurm's accounting",
        SubnetIds: [ClusterSubnetId, SecondSubnetId],
      }),
      { tag: 'slurm-database', condition: wanted },
    );
    const parameters = template.resource(
      'SlurmDatabaseParameters',
      new DBParameterGroup({
        Description: 'What slurmdbd asks of MySQL',
        Family: `${ENGINE.Engine}${ENGINE.EngineVersion}`,
        Parameters: why(
          'slurmdbd stores routines. Backups turn the binary log on, and MySQL then takes a function of such a user only if trusted.',
          { innodb_lock_wait_timeout: '900', log_bin_trust_function_creators: '1' },
        ),
      }),
      { tag: 'slurm-database', condition: wanted },
    );
    const database = template.resource(
      'SlurmDatabase',
      new DBInstance({
        ...ENGINE,
        DBInstanceClass: needs.instanceClass,
        AllocatedStorage: '20',
        MaxAllocatedStorage: needs.most,
        StorageType: 'gp3',
        StorageEncrypted: true,
        PubliclyAccessible: false,
        DBSubnetGroupName: subnets.ref(),
        VPCSecurityGroups: [securityGroup.get('GroupId')],
        DBParameterGroupName: parameters.ref(),
        MasterUsername: USER,
        MasterUserPassword: sub`{{resolve:secretsmanager:${secret.ref()}:SecretString:password}}`,
        BackupRetentionPeriod: 7,
        CopyTagsToSnapshot: true,
      }),
      {
        tag: 'slurm-database',
        condition: wanted,
        comment:
          "When it goes a last snapshot stays: no new cluster could take up a database that was kept running.\nThe minor version is RDS's choice, which cfn-lint does not know.",
        metadata: { 'cfn-lint': { config: { ignore_checks: ['E3691'] } } },
        ...lastSnapshot(retain),
      },
    );
    return {
      accountingDatabase: { wanted, endpoint: database.get('Endpoint.Address'), secretArn: secret.ref() },
    };
  },
  gives: { accountingDatabase: "The database with Slurm's accounting, or none." },
});

/** The database's one user. */
function databaseSecret(template: Template, wanted: Condition): ResourceHandle<Secret> {
  return template.resource(
    'SlurmDatabaseSecret',
    new Secret({
      Description: "User of the database with Slurm's accounting",
      GenerateSecretString: why('Letters and digits only: RDS and slurmdbd.conf give other characters a meaning.', {
        SecretStringTemplate: JSON.stringify({ username: USER }),
        GenerateStringKey: 'password',
        PasswordLength: 32,
        ExcludePunctuation: true,
      }),
    }),
    {
      tag: 'slurm-database',
      condition: wanted,
      comment:
        "Not RDS's own secret: RDS gives that a new password each week, and HyperPod is not documented to read it again.",
    },
  );
}

/** Lets the nodes in, and nothing out. */
function databaseSecurityGroup(
  template: Template,
  wanted: Condition,
  { VpcId, ClusterSecurityGroupId }: Network,
): ResourceHandle<SecurityGroup> {
  return template.resource(
    'SlurmDatabaseSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'MySQL from the nodes of the cluster',
      VpcId,
      SecurityGroupIngress: [
        {
          IpProtocol: 'tcp',
          FromPort: PORT,
          ToPort: PORT,
          SourceSecurityGroupId: ClusterSecurityGroupId,
          Description: 'MySQL from the nodes',
        },
      ],
      SecurityGroupEgress: [
        why('Without any rule EC2 would allow everything out.', {
          IpProtocol: '-1',
          CidrIp: '127.0.0.1/32',
          Description: 'Nothing out',
        }),
      ],
    }),
    { tag: 'slurm-database', condition: wanted },
  );
}

interface Network {
  readonly VpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  readonly ClusterSecurityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
}
