import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

const ASSETS = { sha256: 'a'.repeat(64) };
const LOCATION = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'podlaunch/releases/1.0.0/' };
/** With and without a release; where that is, a template may say. */
const templates = [...compile(DEFAULTS, ASSETS), ...(await compileRelease(DEFAULTS, ASSETS, LOCATION))].map(
  ({ stack, value, text }) => [stack, value as any, text.replaceAll(LOCATION.bucketRegion, 'REGION')] as const,
);

interface Parameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly Description: string;
  readonly AllowedPattern?: string;
  readonly MaxLength?: number;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
}

describe.each(templates)('%s', (_, template, text) => {
  const parameters = Object.entries(template.Parameters as Record<string, Parameter>);
  const form = template.Metadata['AWS::CloudFormation::Interface'];

  test('every parameter is in one group of the form, with a label and a description', () => {
    const grouped = form.ParameterGroups.flatMap((group: any) => group.Parameters);
    expect(grouped.toSorted()).toEqual(parameters.map(([name]) => name).toSorted());
    for (const [name, parameter] of parameters) {
      expect(form.ParameterLabels[name].default).not.toBe('');
      expect(parameter.Description).not.toBe('');
    }
  });

  test('every untyped parameter is constrained, and says how with an example', () => {
    for (const [name, parameter] of parameters.filter(([, p]) => p.Type === 'String')) {
      // Of a key the form knows the length only: preflight reads it, and says what is wrong with it.
      const forms = name === 'AdminPublicKey' ? ['MaxLength'] : ['AllowedPattern', 'AllowedValues'];
      expect(
        Object.keys(parameter).some((key) => forms.includes(key)),
        name,
      ).toBe(true);
      expect(parameter.AllowedValues, name).not.toEqual([]);
      expect(parameter.AllowedPattern, name).not.toBe('');
      expect(parameter.ConstraintDescription, name).toBeDefined();
      if (parameter.AllowedPattern) expect(parameter.ConstraintDescription, name).toMatch(/such as|At most/);
    }
  });

  test('defaults and the examples in constraint descriptions match their patterns', () => {
    for (const [name, { AllowedPattern, ConstraintDescription, Default }] of parameters) {
      if (AllowedPattern === undefined) continue;
      const pattern = new RegExp(`^(?:${AllowedPattern})$`);
      const example = /such as (.*?)\.?(?:; or empty\.)?$/.exec(ConstraintDescription!)![1]!;
      expect(example, `${name}: ${ConstraintDescription}`).toMatch(pattern);
      if (Default !== undefined) expect(String(Default), name).toMatch(pattern);
    }
  });

  test('no pattern lets through what would break the node settings', () => {
    for (const [name, { AllowedPattern }] of parameters) {
      if (AllowedPattern === undefined) continue;
      const pattern = new RegExp(`^(?:${AllowedPattern})$`);
      for (const bad of ['a"b', 'a\\b', 'a\nb', 'a\u0001b']) expect(bad, name).not.toMatch(pattern);
    }
  });

  test('every output has a description', () => {
    for (const output of Object.values<any>(template.Outputs)) expect(output.Description).not.toBe('');
  });

  test('names no partition, region, zone, account or image', () => {
    const written = text.replaceAll(/^ *(?:ConstraintDescription|AllowedPattern|Description): .*$/gm, '');
    // An example in a function's advice names one.
    const body = written.replaceAll(/such as arn:\S+/g, '');
    expect(body).not.toMatch(/arn:aws[:-]/);
    expect(body).not.toMatch(/\b(?:us|eu|ap|sa|ca|me|af)-[a-z]+-[0-9]\b/);
    expect(body).not.toMatch(/\bami-[0-9a-f]{8}/);
    expect(body).not.toMatch(/\b[0-9]{12}\b/);
    expect(body).not.toMatch(/amazonaws\.com(?!\n|['",\]])/);
  });

  test('no policy allows every action, and * as a resource has its reason in a comment', () => {
    const statements = Object.values<any>(template.Resources).flatMap(statementsOf);
    for (const { Effect, Action } of statements) {
      if (Effect === 'Allow') expect([Action].flat()).not.toContainEqual(expect.stringMatching(/^\*$|:\*$/));
    }
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      if (!/Resource: '\*'|(?:subnet|security-group|network-interface|instance)\/\*/.test(line)) return;
      const before = lines.slice(Math.max(0, index - 14), index).join('\n');
      expect(before, `line ${index + 1}: ${line}`).toMatch(/^ *# .+/m);
    });
  });

  test('emits neither macros nor nested stacks, which would ask for a second check box', () => {
    expect(template.Transform).toBeUndefined();
    expect(text).not.toMatch(/AWS::CloudFormation::Stack\b|Fn::Transform|ToJsonString/);
  });
});

function statementsOf(resource: any): readonly any[] {
  const { PolicyDocument, Policies = [] } = resource.Properties ?? {};
  const documents = [PolicyDocument, ...Policies.map((policy: any) => policy.PolicyDocument)].filter(Boolean);
  return documents.flatMap((document) => document.Statement).map((s: any) => s['Fn::If']?.[1] ?? s);
}
