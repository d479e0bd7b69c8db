import { expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { peopleStack } from '../../src/stacks/people.ts';
import { settingsOf } from '../../src/stacks/settings.ts';

const LOCATION = { bucketName: 'my-releases', bucketRegion: 'us-west-2', keyPrefix: 'releases/1.0.0/' };
const SETTINGS = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, LOCATION);
const [launchpad, people] = compileStacks([launchpadStack, peopleStack], SETTINGS).map(({ value }) => value as any);
const role = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** Who else may set a password of which directory without a word. */
function watched({ Resources: { PasswordSetAlarm } }: any) {
  const { source, detail } = PasswordSetAlarm.Properties.EventPattern;
  const [others, { exists }] = detail.userIdentity.sessionContext.sessionIssuer.arn;
  expect([source, detail.eventName, exists]).toEqual([['aws.ds'], ['ResetUserPassword'], false]);
  return { roles: others['anything-but'], directory: detail.requestParameters.directoryId };
}

test('anybody but the functions that set passwords is told of, where the stack administers the directory', () => {
  const rotation = { 'Fn::If': ['RotatesBindSecret', role('RotateBindSecretRole'), { Ref: 'AWS::NoValue' }] };
  const { roles, directory } = watched(launchpad);
  expect(roles).toEqual([role('PeopleRole'), rotation]);
  expect(directory).toEqual([{ 'Fn::If': ['HasDirectoryId', { Ref: 'ExistingDirectoryId' }, { Ref: 'Directory' }] }]);
  const { Condition, Properties } = launchpad.Resources.PasswordSetAlarm;
  expect(launchpad.Conditions[Condition]['Fn::And']).toHaveLength(2);
  expect(Properties.Targets[0].Arn).toEqual({ Ref: 'AlarmTopic' });
});

test('the stack of people alone watches its own', () => {
  expect(watched(people)).toEqual({ roles: [role('PeopleRole')], directory: [{ Ref: 'DirectoryId' }] });
  expect(people.Resources.PasswordSetAlarm.Condition).toBe('WantsAlarm');
});

test('each role that may set passwords is named', () => {
  for (const [{ Resources }, ids] of [
    [launchpad, ['PeopleRole', 'RotateBindSecretRole']],
    [people, ['PeopleRole']],
  ] as const) {
    const may = Object.keys(Resources).filter((id) => {
      const { Type, Properties } = Resources[id];
      return Type === 'AWS::IAM::Role' && JSON.stringify(Properties.Policies ?? []).includes('ds:ResetUserPassword');
    });
    expect(may.toSorted()).toEqual(ids);
  }
});
