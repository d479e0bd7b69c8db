import { expect, test } from 'vitest';
import { equals, when } from '../../src/aws/conditions.ts';
import { LogGroup } from '../../src/aws/generated/logs-log-group.ts';
import { sub } from '../../src/aws/sub.ts';
import { Template } from '../../src/aws/template.ts';

test('what is added after the first waits for it, by itself or by what it surely refers to', () => {
  const template = new Template({ project: 'test', title: 'A test' });
  const condition = template.condition('Wanted', equals('a', 'b'));
  const group = (name: string, LogGroupName: NonNullable<LogGroup['Properties']>['LogGroupName'], more: object = {}) =>
    template.resource(name, new LogGroup({ ...(LogGroupName && { LogGroupName }) }), { tag: name, ...more });
  const before = group('Before', 'a');
  const first = group('First', sub`${before.ref()}-first`);
  template.waitFor(first);
  const root = group('Root', 'b');
  const behind = group('Behind', sub`${root.get('Arn')}-behind`);
  group('Further', behind.ref());
  group('OfBefore', before.ref());
  group('After', 'c', { dependsOn: [root] });
  // Where the condition is false, CloudFormation makes neither this one nor what refers to it wait for anything.
  const perhaps = group('Perhaps', 'd', { condition });
  group('BehindPerhaps', perhaps.ref());
  group('WithPerhaps', perhaps.ref(), { condition });
  group('Either', when(condition, root.ref(), 'e'));

  const { Resources } = JSON.parse(JSON.stringify(template.body()));
  const waits = Object.entries<any>(Resources).map(([name, { DependsOn }]) => [name, DependsOn]);
  expect(Object.fromEntries(waits)).toEqual({
    Before: undefined,
    First: undefined,
    Root: ['First'],
    Behind: undefined,
    Further: undefined,
    OfBefore: ['First'],
    After: ['Root'],
    Perhaps: ['First'],
    BehindPerhaps: ['First'],
    WithPerhaps: undefined,
    Either: ['First'],
  });
});

test('a second point of the template takes the place of the first', () => {
  const template = new Template({ project: 'test', title: 'A test' });
  const group = (name: string, more: object = {}) => template.resource(name, new LogGroup({}), { tag: name, ...more });
  const [one, two] = [group('One'), group('Two')];
  template.waitFor(one);
  const three = group('Three');
  template.waitFor(two, three);
  group('Four', { dependsOn: [one] });
  group('Five', { dependsOn: [three] });
  const { Resources } = JSON.parse(JSON.stringify(template.body()));
  expect(Resources.Four.DependsOn).toEqual(['Two', 'Three', 'One']);
  expect(Resources.Five.DependsOn).toEqual(['Two', 'Three']);
});
