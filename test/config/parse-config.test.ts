import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { parseConfig } from '../../src/config/load.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { Refusal } from '../../src/diagnostics/refusal.ts';

async function faults(text: string): Promise<readonly Diagnostic[]> {
  const thrown = await parseConfig(text).catch((e: unknown) => e);
  expect(thrown).toBeInstanceOf(Refusal);
  return (thrown as Refusal).diagnostics;
}

/** `CODE line:column+length`, as tests of places read best. */
async function places(text: string): Promise<string[]> {
  return (await faults(text)).map(({ code, span }) => `${code} ${span?.line}:${span?.column}+${span?.length}`);
}

const hints = async (text: string): Promise<(string | undefined)[]> => (await faults(text)).map(({ hint }) => hint);

describe('what is written goes over the defaults', () => {
  test('a key at a time', async () => {
    const config = await parseConfig(
      'cluster:\n  controller: { type: ml.m5.xlarge }\n  login: null\nnetwork: { cidr: 172.20.0.0/16 }\n',
    );
    expect(config).toEqual({
      ...DEFAULTS,
      network: { cidr: '172.20.0.0/16' },
      cluster: {
        ...DEFAULTS.cluster,
        controller: { ...DEFAULTS.cluster.controller, type: 'ml.m5.xlarge' },
        login: null,
      },
    });
  });

  test('a list as a whole, its entries completed', async () => {
    const config = await parseConfig(
      'directory:\n  groups:\n    - name: Physics\ncluster:\n  workers:\n    - { name: gpu, type: ml.p5.48xlarge, count: 4 }\n',
    );
    expect(config.directory.groups).toEqual([{ name: 'Physics', logIn: ['Login', 'Compute'], sudo: false }]);
    expect(config.cluster.workers).toEqual([
      { name: 'gpu', type: 'ml.p5.48xlarge', count: 4, disk: 0, partition: 'workers' },
    ]);
  });

  test('through aliases', async () => {
    const text = 'cluster:\n  workers:\n    - { name: a, type: &t ml.c5.large }\n    - { name: b, type: *t }\n';
    expect((await parseConfig(text)).cluster.workers.map(({ type }) => type)).toEqual(['ml.c5.large', 'ml.c5.large']);
  });
});

describe('syntax', () => {
  test.each([
    ['an open bracket', 'network: { cidr: 10.0.0.0/16\nretain: true\n', 'PL1003'],
    ['a tab', 'network:\n\tcidr: 10.0.0.0/16\n', 'PL1003'],
    ['two documents', 'retain: true\n---\nretain: false\n', 'PL1003'],
    ['a tag', 'retain: !Ref X\n', 'PL1003'],
    ['a key that is a list', '? [a]\n: b\n', 'PL1003'],
    ['an alias to nothing', 'project: *nobody\n', 'PL1003'],
  ])('%s', async (_, text, code) => {
    const found = await faults(text);
    expect(found[0]).toMatchObject({ code, span: { file: 'podlaunch.yaml', line: expect.any(Number) } });
  });

  test('a key that appears twice, at the second', async () => {
    expect(await places('retain: true\nnetwork: {}\nretain: false\n')).toEqual(['PL1004 3:1+6']);
  });

  test('aliases that expand without measure', async () => {
    const rows = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) {
      rows.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(',')}]`);
    }
    expect((await faults(rows.join('\n')))[0]?.code).toBe('PL1005');
  });
});

describe('the JSON Schema', () => {
  test('an unknown key, at the key, with the nearest right name', async () => {
    const text = 'cluster:\n  controler:\n    type: ml.c5.xlarge\nstorrage: {}\n';
    expect(await places(text)).toEqual(['PL1006 4:1+8', 'PL1006 2:3+9']);
    expect(await hints(text)).toEqual(['Did you mean storage?', 'Did you mean controller?']);
  });

  test('an unknown key in an entry of a list', async () => {
    expect(await places('cluster:\n  workers:\n    - name: a\n      type: ml.c5.large\n      cuont: 3\n')).toEqual([
      'PL1006 5:7+5',
    ]);
  });

  test.each([
    ['a mapping of keys', 'network: 10.0.0.0/16\n', 'PL1007 1:10+11'],
    ['a whole number', 'nodes:\n  refreshSeconds: soon\n', 'PL1007 2:19+4'],
    ['true or false', 'retain: maybe\n', 'PL1007 1:9+5'],
    ['a list', 'directory:\n  groups: ClusterAdmin\n', 'PL1007 2:11+12'],
    ['a mapping, not a list', '- retain\n', 'PL1007 1:1+8'],
  ])('a wrong type: %s is wanted', async (_, text, place) => {
    expect(await places(text)).toEqual([place]);
  });

  test.each([
    ['release:\n  version: 1.10\n', 'PL1007 2:12+4'],
    ['publish:\n  expectedBucketOwner: 111122223333\n', 'PL1007 2:24+12'],
    ['storage:\n  version: 2.15\n', 'PL1008 2:12+4'],
  ])('a number where text is wanted gets the advice to quote it: %j', async (text, place) => {
    expect(await places(text)).toEqual([place]);
    expect((await hints(text))[0]).toContain('in quotes');
  });

  test('a section without a value', async () => {
    expect(await places('network:\nretain: true\n')).toEqual(['PL1007 1:1+7']);
  });

  test.each([
    ['network: { cidr: 10.0.0.0/24 }', 'network.cidr'],
    ['network: { cidr: 8.8.0.0/16 }', 'network.cidr'],
    ['network: { cidr: 10.256.0.0/16 }', 'network.cidr'],
    ['network: { cidr: 10.0.1.0/16 }', 'network.cidr'],
    ['directory: { domain: corp }', 'directory.domain'],
    ['directory: { domain: Corp.Example.com }', 'directory.domain'],
    ['directory: { domain: a--b.com }', 'directory.domain'],
    ['directory: { shortName: sixteen-letters-x }', 'directory.shortName'],
    ['directory: { edition: Standart }', 'directory.edition'],
    ['directory: { groups: [] }', 'directory.groups'],
    ['directory: { groups: [{ name: "a*" }] }', 'directory.groups.0.name'],
    ['directory: { groups: [{ name: a, logIn: [Login, Login] }] }', 'directory.groups.0.logIn'],
    ['cluster: { name: -x }', 'cluster.name'],
    ['cluster: { controller: { count: 2 } }', 'cluster.controller.count'],
    ['cluster: { login: { count: 0 } }', 'cluster.login.count'],
    ['cluster: { workers: [{ name: a, type: c5.large }] }', 'cluster.workers.0.type'],
    ['cluster: { workers: [{ name: a, type: ml.c5.large, partition: a_b }] }', 'cluster.workers.0.partition'],
    ['cluster: { workers: [{ name: a, type: ml.c5.large, count: 6759 }] }', 'cluster.workers.0.count'],
    ['storage: { capacity: 1201 }', 'storage.capacity'],
    ['storage: { capacity: 3600 }', 'storage.capacity'],
    ['storage: { throughput: 200 }', 'storage.throughput'],
    ['storage: { backupDays: 91 }', 'storage.backupDays'],
    ['storage: { mountPath: fsx }', 'storage.mountPath'],
    ['publish: { to: s3://X }', 'publish.to'],
    ['publish: { to: "https://bucket.s3.amazonaws.com" }', 'publish.to'],
    ['publish: { region: us-west }', 'publish.region'],
    ['publish: { audience: "org:123" }', 'publish.audience'],
    ['publish: { audience: "accounts:1" }', 'publish.audience'],
    ['publish: { endpointUrl: localhost:5000 }', 'publish.endpointUrl'],
    ['publish: { channel: a/b }', 'publish.channel'],
    ['release: { version: a/b }', 'release.version'],
    ['project: { name: 9lives }', 'project.name'],
  ])('an impossible value: %s', async (text, path) => {
    const found = await faults(text);
    expect(found.map((fault) => `${fault.code} ${fault.path.join('.')}`)).toEqual([`PL1008 ${path}`]);
    expect(found[0]?.hint).toMatch(/\S/);
  });

  test.each([
    'publish: { to: s3://my-bucket }',
    'publish: { to: s3://my-bucket/a/b/ }',
    'publish: { to: ./out }',
    'publish: { audience: "org:o-a1b2c3d4e5" }',
    'publish: { audience: "accounts:111122223333,444455556666" }',
    'publish: { region: us-gov-west-1, endpointUrl: "http://127.0.0.1:5000" }',
    'storage: { capacity: 2400 }',
    'storage: { capacity: 7200, version: "2.12" }',
    'directory: { groups: [{ name: "Grüne Physik", logIn: [] }] }',
    'cluster: { workers: [{ name: a, type: ml.p5.48xlarge, count: 0, disk: 16384 }] }',
  ])('a possible value: %s', async (text) => {
    expect(await parseConfig(text)).toMatchObject({ project: DEFAULTS.project });
  });

  test('a missing key, at its mapping', async () => {
    expect(await places('cluster:\n  workers:\n    - type: ml.c5.large\n')).toEqual(['PL1009 3:7+17']);
  });

  test('all faults at once', async () => {
    expect(await places('retain: 1\nnetwork: { cidr: x }\nfoo: bar\n')).toEqual([
      'PL1006 3:1+3',
      'PL1008 2:18+1',
      'PL1007 1:9+1',
    ]);
  });

  test('of a long value only the beginning is shown', async () => {
    const [fault] = await faults(`project: { name: ${'x'.repeat(5000)} }\n`);
    expect(fault).toMatchObject({ code: 'PL1008', span: { length: 5000 } });
    expect(fault!.message.length).toBeLessThan(200);
  });

  test('__proto__ is a key like any other that has no meaning', async () => {
    expect(await places('__proto__: { retain: false }\n')).toEqual(['PL1006 1:1+9']);
  });
});

describe('how values go together', () => {
  const workers = (count: number, login = ''): string =>
    `cluster:\n${login}  workers:\n${Array.from({ length: count }, (_, i) => `    - { name: w${i}, type: ml.c5.large }\n`).join('')}`;

  test('names of groups differ by more than case', async () => {
    expect(await places('directory:\n  groups:\n    - name: Dev\n    - name: dev\n')).toEqual(['PL1010 4:13+3']);
  });

  test('names of instance groups differ, those of the defaults too', async () => {
    expect(await places('cluster:\n  workers:\n    - { name: login-group, type: ml.c5.large }\n')).toEqual([
      'PL1010 3:15+11',
    ]);
  });

  test('20 instance groups at most, controller and login nodes counted', async () => {
    expect(await places(workers(19))).toEqual(
      ['PL1011 3:5+1'].map((place) => expect.stringContaining(place.slice(0, 8))),
    );
    expect((await parseConfig(workers(18))).cluster.workers).toHaveLength(18);
    expect((await parseConfig(workers(19, '  login: null\n'))).cluster.workers).toHaveLength(19);
  });

  test('a partition is not called DEFAULT', async () => {
    expect(await places('cluster:\n  workers:\n    - { name: a, type: ml.c5.large, partition: default }\n')).toEqual([
      'PL1012 3:48+7',
    ]);
  });

  test.each(['sudo', 'Docker', "'#0'", "'1000'", "'10.4'"])('no directory group is called %s', async (name) => {
    const group = `directory: { groups: [{ name: ${name}, logIn: [Login], sudo: true }] }\n`;
    expect(await places(group)).toEqual([`PL1012 1:31+${name.length}`]);
  });

  test.each(['/etc', '/usr/local', '/home', '/opt/sagemaker', '/fsx/../etc'])(
    'nothing is mounted at %s',
    async (path) => {
      expect(await places(`storage: { mountPath: ${path} }\n`)).toEqual([`PL1012 1:23+${path.length}`]);
    },
  );

  test('a file system with EFA has a capacity that fits its throughput, and Lustre 2.15', async () => {
    const storage = (rest: string) => `storage: { efa: true, ${rest} }\n`;
    expect(await places(storage('capacity: 9600, version: "2.12"'))).toEqual(['PL1016 1:48+6', 'PL1016 1:33+4']);
    expect(await hints(storage('capacity: 9600'))).toEqual(['Write capacity: 19200, or a higher throughput.']);
    expect((await parseConfig(storage('capacity: 9600, throughput: 500'))).storage.efa).toBe(true);
  });

  test.each([
    ['count: 2, minimumCount: 3', 'would wait for 3 instances, and has 2'],
    [
      "capacity: Spot, trainingPlan: 'arn:aws:sagemaker:us-west-2:111122223333:training-plan/gpus'",
      'they cannot be Spot',
    ],
  ])('an instance group with %s', async (choices, message) => {
    const [fault, ...others] = await faults(`cluster:\n  workers:\n    - { name: a, type: ml.c5.large, ${choices} }\n`);
    expect(fault).toMatchObject({ code: 'PL1022', message: expect.stringContaining(message), span: { line: 3 } });
    expect(others).toEqual([]);
  });

  test.each([
    "updateSchedule: 'cron(61 3 ? * SUN *)'",
    'imageId: ami-1',
    'subnets: [subnet-1]',
    'threadsPerCore: 3',
    'diskKey: alias/disks',
    'trainingPlan: gpus',
    'deepHealthChecks: []',
    'patching: DrainFirst',
  ])('no instance group has %s', async (choice) => {
    const groups = [
      `workers: [{ name: a, type: ml.p5.48xlarge, ${choice} }]`,
      `login: { ${choice} }`,
      `controller: { ${choice} }`,
    ];
    for (const group of groups)
      expect(await places(`cluster: { ${group} }\n`)).toEqual([expect.stringMatching(/^PL1008 /)]);
  });

  test.each(['minimumCount: 1', 'capacity: Spot'])('only workers have %s', async (choice) => {
    for (const group of ['login', 'controller'])
      expect(await places(`cluster: { ${group}: { ${choice} } }\n`)).toEqual([expect.stringMatching(/^PL1006 /)]);
  });

  test('a group that may log in only to login nodes needs some', async () => {
    const text = 'directory:\n  groups:\n    - { name: a, logIn: [Login] }\ncluster: { login: null }\n';
    expect(await places(text)).toEqual(['PL1013 3:25+7']);
  });
});

test('whatever the text, the answer is a configuration or findings with places in it', async () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('10.0.0.0/16', 'a.b', '*x', '&y z'),
  );
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom(...Object.keys(DEFAULTS), 'name', 'type', 'groups', 'workers', 'login', '<<'),
  );
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).node;
  const text = fc.oneof(
    fc.string(),
    tree.map((value) => JSON.stringify(value)),
    tree.map((value) => JSON.stringify(value, null, 1).replaceAll('"', '')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (written) => {
      try {
        await parseConfig(written);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Refusal);
        const lines = written.split('\n');
        for (const { span, code } of (thrown as Refusal).diagnostics) {
          expect(code).toMatch(/^PL10\d\d$/);
          expect(span!.line).toBeLessThanOrEqual(lines.length);
          expect(span!.column - 1).toBeLessThanOrEqual(lines[span!.line - 1]!.length + 1);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a long list or text does not hide the reason', async () => {
  const workers = Array.from({ length: 60 }, (_, i) => `{ name: w${i}, type: ml.c5.large, count: 1 }`).join(', ');
  for (const text of [`cluster: { workers: [${workers}] }\n`, `project: { name: ${'x'.repeat(5000)} }\n`]) {
    const [fault] = await faults(text);
    expect(fault!.code).toBe('PL1008');
    expect(fault!.message.length).toBeLessThan(250);
  }
});
