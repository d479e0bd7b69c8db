import { describe, expect, test } from 'vitest';
import { equals, not, when } from '../../src/aws/conditions.ts';
import { select, split } from '../../src/aws/intrinsics.ts';
import { TOPIC_ARN } from '../../src/aws/patterns.ts';
import { Template } from '../../src/aws/template.ts';
import type { Expression } from '../../src/aws/value.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { id, known, made, optionalText, passedText, text } from '../../src/parts/base/needs.ts';
import { gift, part } from '../../src/parts/base/part.ts';
import { assemble } from '../../src/stacks/assemble.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { type Stack, stack } from '../../src/stacks/stack.ts';

const SETTINGS = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined);
const WORDS = { name: 'test', summary: 's', title: 't', about: 'a' } as const;
const words = { group: 'Network', label: 'l', Description: 'd' } as const;
const something = 'a' as unknown as Expression<never>;
const topicWords = { group: 'Alarms', label: 'Topic', Description: 'Topic.', ...TOPIC_ARN } as const;

/** The body of a template with these parts; that they fit is not asked. */
const bodyOf = (parts: readonly unknown[], outputs: readonly string[] = []): any => {
  const template = new Template({ project: 'pod', title: 't' });
  assemble(template, { ...WORDS, parts, outputs } as unknown as Stack, SETTINGS);

  return template.body();
};

const vpc = part({
  name: 'vpc',
  build: () => ({ VpcId: something, VpcCidr: something }),
  gives: { VpcId: 'The VPC.', VpcCidr: 'Its block.' },
});
const user = part({
  name: 'user',
  needs: { VpcId: id('AWS::EC2::VPC::Id', words) },
  build: () => ({}),
});
const taker = part({ name: 'taker', needs: { natAddress: made }, build: () => ({}) });

// The lines marked @ts-expect-error are the test: `tsc` fails where one of them would compile.
describe('parts', () => {
  test('give a name the type that it has in the whole house', () => {
    part({
      name: 'address',
      // @ts-expect-error a text is not the id of a VPC
      build: (template) => ({ VpcId: select(0, split('/', template.parameter('P', P).ref())) }),
      gives: { VpcId: 'The VPC.' },
    });
    const P = { Type: 'String', group: 'g', label: 'l', Description: 'd' } as const;
    // @ts-expect-error what it says it gives is not returned
    part({ name: 'nothing', build: () => ({}), gives: { VpcId: 'The VPC.' } });
    part({
      name: 'asker',
      // @ts-expect-error a subnet is not a VPC
      needs: { VpcId: id('AWS::EC2::Subnet::Id', words) },
      build: () => ({}),
    });
    part({
      name: 'reader',
      needs: { VpcId: id('AWS::EC2::VPC::Id', words) },
      // @ts-expect-error it did not ask for the block
      build: (_, { VpcCidr }) => ({ VpcCidr }),
    });
  });

  test('fit into a list, or the list does not compile', () => {
    stack({ ...WORDS, parts: [vpc, user], outputs: ['VpcId'], closed: true });
    stack({ ...WORDS, parts: [user], outputs: [] });
    // @ts-expect-error nobody gives VpcId, and a closed stack asks for nothing
    stack({ ...WORDS, parts: [user], outputs: [], closed: true });
    // @ts-expect-error VpcId is given twice
    stack({ ...WORDS, parts: [vpc, vpc], outputs: [] });
    // @ts-expect-error VpcId is given by a later part
    stack({ ...WORDS, parts: [user, vpc], outputs: [] });
    // @ts-expect-error only another part can give the address
    stack({ ...WORDS, parts: [taker], outputs: [] });
    // @ts-expect-error no part gives it
    stack({ ...WORDS, parts: [user], outputs: ['VpcId'] });
    // @ts-expect-error the settings know no such thing
    stack({ ...WORDS, parts: [part({ name: 'p', build: (_t, _v, _s: { colour: string }) => ({}) })], outputs: [] });
  });
});

describe('a stack', () => {
  const TOPIC = { label: 'l', Description: 'd', Default: true } as const;
  const sometimesTopic = part({
    name: 'topic',
    group: 'Network',
    choices: (form) => ({ wanted: form.condition('WantsTopic', equals(form.flag('Topic', TOPIC), 'true')) }),
    build: (_, { wanted }) => ({ AlarmTopicArn: gift(something, { given: wanted }) }),
    gives: { AlarmTopicArn: 'Topic.' },
  });
  const always = part({
    name: 'always',
    build: () => ({ AlarmTopicArn: something }),
    gives: { AlarmTopicArn: 'Topic.' },
  });
  const alarm = part({
    name: 'alarm',
    needs: { AlarmTopicArn: optionalText({ ...topicWords, given: 'HasTopic' }) },
    rules: [
      {
        name: 'TopicIsGiven',
        of: ['AlarmTopicArn'],
        check: ({ AlarmTopicArn }) => ({
          assertions: [{ assert: not(equals(AlarmTopicArn.ref(), '')), description: 'Give a topic.' }],
        }),
      },
    ],
    build(template, { AlarmTopicArn: { value, given, orEmpty } }) {
      template.output('Value', { description: 'd', value, condition: given });
      template.output('OrEmpty', { description: 'd', value: orEmpty });
      return {};
    },
  });

  test('asks for a need that no part gives, with its rule and its condition', () => {
    const { Parameters, Conditions, Rules, Outputs, Metadata } = bodyOf([alarm]);
    expect(Parameters.AlarmTopicArn).toMatchObject({ Type: 'String', Default: '', Description: 'Optional - Topic.' });
    expect(Metadata['AWS::CloudFormation::Interface'].ParameterLabels.AlarmTopicArn.default).toBe(
      'Topic (AlarmTopicArn)',
    );
    expect(Object.keys(Conditions)).toEqual(['HasTopic']);
    expect(Object.keys(Rules)).toEqual(['TopicIsGiven']);
    expect(Outputs.Value.Condition).toBe('HasTopic');
    expect(Outputs.OrEmpty.Value.toJSON()).toEqual({ Ref: 'AlarmTopicArn' });
  });

  test('drops the parameter, its rule and its condition where a part gives it', () => {
    const sometimes = bodyOf([sometimesTopic, alarm], ['AlarmTopicArn']);
    expect(Object.keys(sometimes.Parameters)).toEqual(['Topic']);
    expect(Object.keys(sometimes.Conditions)).toEqual(['WantsTopic']);
    expect(sometimes.Rules).toBeUndefined();
    expect(sometimes.Outputs.Value.Condition).toBe('WantsTopic');
    expect(sometimes.Outputs.OrEmpty.Value.toJSON()).toEqual({ 'Fn::If': ['WantsTopic', 'a', ''] });
    expect(sometimes.Outputs.AlarmTopicArn).toEqual({ Description: 'Topic.', Condition: 'WantsTopic', Value: 'a' });

    const { Parameters, Conditions, Outputs } = bodyOf([always, alarm]);
    expect([Parameters, Conditions]).toEqual([undefined, undefined]);
    expect(Outputs).toMatchObject({ Value: { Value: 'a' }, OrEmpty: { Value: 'a' } });
    expect(Outputs.Value).not.toHaveProperty('Condition');
    expect(when(true, 'there', 'not there')).toBe('there');
  });

  test('drops a rule as soon as a part gives one of the things that it compares', () => {
    const compares = part({
      name: 'compares',
      needs: { VpcId: id('AWS::EC2::VPC::Id', words), DirectoryId: text({ ...topicWords, label: 'Other' }) },
      rules: [
        {
          name: 'Compared',
          of: ['VpcId', 'DirectoryId'],
          check: (asked) => ({ assertions: [{ assert: equals(asked.VpcId.ref(), 'a'), description: 'd' }] }),
        },
      ],
      build: () => ({}),
    });
    expect(Object.keys(bodyOf([compares]).Rules)).toEqual(['Compared']);
    const { Rules, Parameters } = bodyOf([vpc, compares]);
    expect([Rules, Object.keys(Parameters)]).toEqual([undefined, ['DirectoryId']]);
  });

  test('asks once, with the words of the first part that asks, and may leave it empty only where all parts can', () => {
    const passes = part({
      name: 'passes',
      needs: { ExecutionRoleArn: passedText({ ...topicWords, label: 'First' }) },
      build: () => ({}),
    });
    const can = part({
      name: 'can',
      needs: { ExecutionRoleArn: optionalText({ ...topicWords, label: 'Second', given: 'HasRole' }) },
      build: (_, { ExecutionRoleArn }) => {
        expect(ExecutionRoleArn.given).not.toBe(undefined);
        return {};
      },
    });
    const must = part({
      name: 'must',
      needs: { ExecutionRoleArn: text({ ...topicWords, label: 'Third' }) },
      build: () => ({}),
    });
    const labelOf = (body: any) =>
      body.Metadata['AWS::CloudFormation::Interface'].ParameterLabels.ExecutionRoleArn.default;
    const optional = bodyOf([passes, can]);
    expect(labelOf(optional)).toBe('First (ExecutionRoleArn)');
    expect(Object.keys(optional.Conditions)).toEqual(['HasRole']);
    const required = bodyOf([passes, can, must]);
    expect(labelOf(required)).toBe('Third (ExecutionRoleArn)');
    expect(required.Parameters.ExecutionRoleArn).not.toHaveProperty('Default');
    expect(required.Conditions).toBeUndefined();
  });

  test('has its form in the order of the groups, whatever the order of the parts', () => {
    const late = part({
      name: 'late',
      group: 'Cluster',
      choices: (form) => ({ a: form.flag('First', TOPIC) }),
      build: () => ({}),
    });
    expect(Object.keys(bodyOf([alarm, late]).Parameters)).toEqual(['First', 'AlarmTopicArn']);
  });

  test('refuses parts that do not fit, in words', () => {
    expect(() => bodyOf([taker])).toThrow('taker needs natAddress, which no part before it gives');
    const must = part({ name: 'must', needs: { AlarmTopicArn: made }, build: () => ({}) });
    expect(() => bodyOf([sometimesTopic, must])).toThrow(
      'must cannot do without AlarmTopicArn, which is not always there',
    );
    const passes = part({
      name: 'passes',
      needs: { AlarmTopicArn: known },
      build: (_, { AlarmTopicArn }) => ({ NextLink: AlarmTopicArn.orEmpty }),
      gives: { NextLink: 'Link.' },
    });
    expect(bodyOf([always, passes], ['NextLink']).Outputs.NextLink.Value).toBe('a');
  });
});
