import { describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';

const template = compileStacks([launchpadStack], settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined))[0]!
  .value as any;
const { Resources, Parameters, Conditions } = template;

describe('the rotation of the bind secret', () => {
  test('is there where the stack makes the directory and the account, and the launcher does not say never', () => {
    const own = Object.entries<any>(Resources).filter(([id]) => /^(RotateBindSecret|Rotation|BindPassword)/.test(id));
    expect(own.length).toBeGreaterThan(6);
    expect(own.map(([, { Condition }]) => Condition)).not.toContain(undefined);
    expect(Conditions.RotatesBindSecret).toEqual({
      'Fn::And': [
        { Condition: 'AdministersDirectory' },
        { 'Fn::Not': [{ Condition: 'HasBindDn' }] },
        { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'BindRotationDays' }, 0] }] },
      ],
    });
  });

  test('comes before half of the 42 days are over, and the alarm after them', () => {
    const { Default, MaxValue } = Parameters.BindRotationDays;
    const { Threshold } = Resources.BindPasswordAgeAlarm.Properties;
    expect(Default).toBeLessThan(MaxValue);
    expect([MaxValue, Threshold]).toEqual([20, 21]);
  });

  test('runs once the bind accounts are there, and its schedule goes before them', () => {
    expect([Resources.RotateBindSecretSchedule.DependsOn].flat()).toContain('People');
    const [{ Condition }] = Resources.RotateBindSecretScheduleRole.Properties.AssumeRolePolicyDocument.Statement;
    expect(Object.keys(Condition.StringEquals).toSorted()).toEqual(['aws:SourceAccount', 'aws:SourceArn']);
  });

  test('takes names and ARNs from the template, and no secret', () => {
    const { Variables } = Resources.RotateBindSecretFunction.Properties.Environment;
    expect(JSON.stringify(Variables)).not.toContain('resolve:');
    expect(Variables.RefreshSeconds).toBe('600');
  });

  test('is nothing that nodes can read before it is current', () => {
    const { Statement } = Resources.NodeAccess.Properties.PolicyDocument;
    const reading = Statement.filter((one: any) => JSON.stringify(one.Resource).includes('"BindSecret"'));
    expect(reading.map(({ Condition }: any) => Condition)).toEqual([
      { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
    ]);
  });

  test('may read the bind secret where its readers are named', () => {
    const [{ Condition }] = Resources.BindSecretPolicy.Properties.ResourcePolicy.Statement;
    const named = JSON.stringify(Condition.ArnNotEquals);
    expect(named).toContain('RotateBindSecretRole');
    expect(named).toContain('PeopleRole');
  });
});
