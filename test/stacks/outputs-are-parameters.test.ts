import { expect, test } from 'vitest';
import { dataOf } from '../support/compiled.ts';

const prerequisites = dataOf('prerequisites');
const directory = dataOf('directory');
const cluster = dataOf('cluster');
const required = (template: any) =>
  Object.keys(template.Parameters).filter((name) => template.Parameters[name].Default === undefined);

test('what a stack asks for is an output of the stacks before it, by the same name', () => {
  expect(required(prerequisites)).toEqual([]);
  expect(required(directory).filter((name) => !(name in prerequisites.Outputs))).toEqual(['CertificateArn']);
  const before = { ...prerequisites.Outputs, ...directory.Outputs };
  expect(required(cluster).filter((name) => !(name in before))).toEqual([]);
  for (const optional of ['FileSystemDnsName', 'FileSystemMountName']) {
    expect(prerequisites.Outputs).toHaveProperty(optional);
    expect(cluster.Parameters).toHaveProperty(optional);
  }
});

test('its label in the form ends with that name', () => {
  const before = { ...prerequisites.Outputs, ...directory.Outputs };
  for (const [template, outputs] of [
    [directory, prerequisites.Outputs],
    [cluster, before],
  ]) {
    const labels = template.Metadata['AWS::CloudFormation::Interface'].ParameterLabels;
    const taken = Object.keys(template.Parameters).filter((name) => name in outputs);
    expect(taken.length).toBeGreaterThan(4);
    for (const name of taken) expect(labels[name].default).toMatch(new RegExp(` \\(${name}\\)$`));
  }
});
