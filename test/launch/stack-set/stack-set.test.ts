import { describe, expect, test } from 'vitest';
import { stackSetAccounts } from '../../../src/launch/stack-set/accounts.ts';
import { validate } from '../../../src/validate/validate.ts';
import { codesOf } from '../../support/refused.ts';
import { ACCOUNTS, setFor, UNITS } from './sets.ts';

describe.each([
  ['units', setFor(UNITS)],
  ['accounts', setFor(ACCOUNTS, { VpcCidr: '10.8.0.0/16' })],
])('a stack set for %s', (_, template) => {
  test('validate finds nothing', () => expect(validate(template)).toEqual([]));

  test('makes stacks of the release, in both regions, one account after the other', () => {
    expect((template.value as any).Resources.StackSet.Properties).toMatchObject({
      StackSetName: 'podlaunch-prerequisites',
      TemplateURL: 'https://releases.s3.us-west-2.amazonaws.com/releases/1.0.0/templates/prerequisites.yaml',
      Capabilities: ['CAPABILITY_IAM'],
      OperationPreferences: { FailureToleranceCount: 0, MaxConcurrentCount: 1 },
      StackInstancesGroup: [{ Regions: ['us-west-2', 'eu-west-1'] }],
    });
  });
});

test('units are administered by the organization, and take in accounts that come later', () => {
  const { Parameters, Resources } = setFor(UNITS).value as any;
  expect(Parameters.CallAs).toMatchObject({ Default: 'SELF', AllowedValues: ['SELF', 'DELEGATED_ADMIN'] });
  const { StackInstancesGroup, ...properties } = Resources.StackSet.Properties;
  expect(StackInstancesGroup[0].DeploymentTargets).toEqual({ OrganizationalUnitIds: UNITS.ids });
  expect(properties).toMatchObject({
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: { Ref: 'CallAs' },
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
  });
  expect(properties.Parameters).toBeUndefined();
});

test("accounts are reached by the two roles of AWS's documents, with the values given", () => {
  const { Parameters, Resources } = setFor(ACCOUNTS, { VpcCidr: '10.8.0.0/16' }).value as any;
  expect(Parameters).toBeUndefined();
  const { StackInstancesGroup, ...properties } = Resources.StackSet.Properties;
  expect(StackInstancesGroup[0].DeploymentTargets).toEqual({ Accounts: ACCOUNTS.ids });
  expect(properties).toMatchObject({
    PermissionModel: 'SELF_MANAGED',
    ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
    Parameters: [{ ParameterKey: 'VpcCidr', ParameterValue: '10.8.0.0/16' }],
  });
  expect(properties.AutoDeployment).toBeUndefined();
  expect(JSON.stringify(properties.AdministrationRoleARN)).toContain(
    'role/AWSCloudFormationStackSetAdministrationRole',
  );
});

test('an id that is given twice counts once', () => {
  expect(stackSetAccounts({ units: ['r-ab12', 'r-ab12'] })).toEqual({ kind: 'units', ids: ['r-ab12'] });
});

test.each([
  ['nothing', {}],
  ['both', { units: ['r-ab12'], accounts: ['111122223333'] }],
  ['an account that is none', { accounts: ['1111'] }],
  ['a unit that is none', { units: ['ou-1'] }],
  ['an account as a unit', { units: ['111122223333'] }],
])('%s is refused', (_, given) => {
  expect(codesOf(() => stackSetAccounts(given))).toEqual(['PL5024']);
});
