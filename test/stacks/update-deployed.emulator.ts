import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetsOf } from '../support/assets.ts';
import { hasPython } from '../support/python-tools.ts';
import {
  createStack,
  deleteStack,
  type Stack,
  type StackEvent,
  stackEvents,
  stackResources,
  updateStack,
  type Values,
} from '../support/stacks.ts';
import { type Launcher, parametersFrom, startLauncher, type Templates } from './launcher.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\n' });

/** A directory stack as it was before a function registered targets: they are in the template, and so is no certificate. */
const BEFORE = readFileSync('test/stacks/deployed/directory-targets-in-template.yaml', 'utf8');

/** What an update may not make anew. */
const KEPT = [
  ...['Directory', 'AdminSecret', 'BindSecret', 'LoadBalancer', 'LoadBalancerSecurityGroup', 'LdapsZone'],
  ...['LdapsRecord', 'LdapsListener', 'CertificateCheck'],
];

// Each test builds on those before it.
describe.skipIf(!hasPython())('a directory stack of an earlier release', () => {
  let launcher: Launcher;
  let templates: Templates;
  let prerequisites: Stack;
  let directory: Stack;
  let parameters: Values;
  let before: Values;

  beforeAll(async () => {
    launcher = await startLauncher();
    templates = await launcher.publish(ASSETS);
    const request = { name: 'prerequisites', template: templates.prerequisites.text };
    prerequisites = await createStack({ ...request, parameters: { CreateFileSystem: 'false' } }, launcher.aws);
    parameters = {
      ...parametersFrom(templates.directory, prerequisites),
      CertificateArn: launcher.certificateArn,
    };
    directory = await createStack({ name: 'directory', template: BEFORE, parameters }, launcher.aws);
    before = await stackResources(directory, launcher.aws);
    expect(await targetsOf(before['DirectoryTargets']!)).toHaveLength(2);
  });
  afterAll(() => launcher?.stop());

  const update = async (values: Values, template = templates.directory.text) => {
    const passed = (await stackEvents(directory, launcher.aws)).length;
    const request = { name: 'directory', template, parameters: { ...parameters, ...values } };
    directory = await updateStack(request, launcher.aws);
    const events = (await stackEvents(directory, launcher.aws)).toReversed().slice(passed);
    expect(directory.status, JSON.stringify(events)).toBe('UPDATE_COMPLETE');
    return { events, resources: await stackResources(directory, launcher.aws) };
  };
  const targetsOf = async (group: string): Promise<readonly string[]> => {
    const health = await launcher.cli('elbv2', 'describe-target-health', '--target-group-arn', group);
    return health.TargetHealthDescriptions.map(({ Target }: any) => Target.Id).toSorted();
  };
  const listeners = async (resources: Values) =>
    (await launcher.cli('elbv2', 'describe-listeners', '--load-balancer-arn', resources['LoadBalancer']!)).Listeners;

  test('LDAPS leads to the new target group only when the controllers answer in it', async () => {
    const { events, resources } = await update({});
    expect(pick(resources, KEPT)).toEqual(pick(before, KEPT));
    expect(resources).not.toHaveProperty('DirectoryTargets');
    const { FirstDirectoryAddress, SecondDirectoryAddress } = directory.outputs;
    expect(await targetsOf(resources['LdapsTargets']!)).toEqual(
      [FirstDirectoryAddress!, SecondDirectoryAddress!].toSorted(),
    );
    // The emulator calls what an update adds UPDATE_…, and does not tell of what it deletes in the end.
    const aligned = at(events, 'TargetsAligned', 'UPDATE_COMPLETE');
    expect(aligned).toBeGreaterThan(at(events, 'CertificateCheck', 'UPDATE_COMPLETE'));
    expect(at(events, 'LdapsListener', 'UPDATE_IN_PROGRESS')).toBeGreaterThan(aligned);
  });

  test('keeps the certificate that it was given, and gets no authority', async () => {
    const resources = await stackResources(directory, launcher.aws);
    expect(directory.outputs['CertificateArn']).toBe(launcher.certificateArn);
    expect(Object.keys(resources).filter((name) => /^(Certificate(?!Check|Alarm)|Authority)/.test(name))).toEqual([]);
  });

  test('gets a certificate of its own when the launcher wishes, and the old one stays in ACM', async () => {
    const { resources } = await update({ CertificateArn: '' });
    const { CertificateArn } = directory.outputs;
    expect(CertificateArn).toBe(resources['Certificate']);
    const served = (await listeners(resources)).map(({ Certificates }: any) => Certificates[0].CertificateArn);
    expect(served).toEqual([CertificateArn, CertificateArn]);
    expect(pick(resources, KEPT)).toEqual(pick(before, KEPT));
    await launcher.cli('acm', 'get-certificate', '--certificate-arn', launcher.certificateArn);
  });

  test('goes back to a given one, and its own is deleted', async () => {
    const own = directory.outputs['CertificateArn']!;
    const { resources } = await update({});
    expect(directory.outputs['CertificateArn']).toBe(launcher.certificateArn);
    expect(resources).not.toHaveProperty('Certificate');
    await expect(launcher.cli('acm', 'get-certificate', '--certificate-arn', own)).rejects.toThrow('ResourceNotFound');
  });

  test('goes in one go', async () => {
    expect((await deleteStack(directory, launcher.aws)).status).toBe('DELETE_COMPLETE');
  });
});

function at(events: readonly StackEvent[], name: string, status: string): number {
  const found = events.findIndex((one) => one.LogicalResourceId === name && one.ResourceStatus === status);
  expect(found, `${name} ${status}`).toBeGreaterThanOrEqual(0);
  return found;
}

function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? 'missing']));
}
