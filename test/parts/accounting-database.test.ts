import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { dataOf } from '../support/compiled.ts';
import { resolved } from '../support/resolved.ts';

const template = dataOf('cluster');
const { Resources } = template;
const names = Object.keys(Resources).filter((name) => name.startsWith('SlurmDatabase'));
const ON = { AccountingDatabase: 'true', SlurmDatabaseSecret: 'secret', 'SlurmDatabase.Endpoint.Address': 'host' };

const slurm = (given = {}) => resolved(template, Resources.Cluster.Properties.Orchestrator.Slurm, given);
const readable = (given = {}) =>
  resolved(template, Resources.NodeAccess.Properties.PolicyDocument, given)
    .Statement.filter(({ Action }: any) => Action === 'secretsmanager:GetSecretValue')
    .map(({ Resource, Condition }: any) => ({ Resource, Condition }));

describe('the accounting database', () => {
  test('is made only where it is asked for, and the cluster and the nodes know of it only then', () => {
    expect(names).toHaveLength(5);
    for (const name of names) expect(Resources[name].Condition, name).toBe('WantsAccountingDatabase');
    expect(template.Parameters.AccountingDatabase.Default).toBe('false');
    expect(slurm()).toEqual({});
    expect(readable()).toMatchObject([{ Resource: ['BindSecretArn', 'VouchedSettings'] }]);
  });

  test('is what the cluster keeps its accounting in, with a secret that the nodes may read in its present version', () => {
    expect(slurm(ON)).toEqual({ AccountingDatabase: { Endpoint: 'host', SecretArn: 'secret' } });
    expect(readable(ON)).toEqual([
      {
        Resource: ['BindSecretArn', 'VouchedSettings', 'secret'],
        Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
      },
    ]);
  });

  test('lets in the nodes alone, on its port alone, and nothing out', () => {
    const { SecurityGroupIngress, SecurityGroupEgress } = Resources.SlurmDatabaseSecurityGroup.Properties;
    expect(SecurityGroupIngress).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: { Ref: 'ClusterSecurityGroupId' } },
    ]);
    expect(SecurityGroupEgress).toMatchObject([{ CidrIp: '127.0.0.1/32' }]);
    expect(Resources.SlurmDatabase.Properties).toMatchObject({ PubliclyAccessible: false, StorageEncrypted: true });
  });

  test('leaves a last snapshot, and nothing where nothing is retained', () => {
    const kept = { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' };
    expect(Resources.SlurmDatabase).toMatchObject(kept);
    const { SlurmDatabase } = dataOf('cluster', { ...DEFAULTS, retain: false }).Resources;
    expect(SlurmDatabase).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});
