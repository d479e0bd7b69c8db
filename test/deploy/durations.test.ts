import { describe, expect, test } from 'vitest';
import { usualMinutes, usualMinutesLeft } from '../../src/deploy/durations.ts';
import { durationOf } from '../../src/launch/page/durations.ts';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';
import { VARIANTS } from '../support/compiled-variants.ts';

/** The types of all resources of a stack, in whatever variant has them. */
function typesOf(stack: string): readonly string[] {
  const templates = VARIANTS.flatMap(([, all]) => all).filter((one) => one.stack === stack);
  return [
    ...new Set(templates.flatMap(({ value }) => Object.values((value as any).Resources).map((one: any) => one.Type))),
  ];
}

describe('how long a resource usually takes', () => {
  const known = [...new Set(STACK_NAMES.flatMap(typesOf))].filter((type) => usualMinutes(type) !== undefined);

  test('is known of what takes long in the templates', () => {
    expect(known.sort()).toEqual([
      'AWS::DirectoryService::MicrosoftAD',
      'AWS::EC2::NatGateway',
      'AWS::EC2::VPCEndpoint',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::FSx::FileSystem',
      'AWS::RDS::DBInstance',
      'AWS::SageMaker::Cluster',
      'Custom::AlignedTargets',
      'Custom::People',
    ]);
  });

  test.each(['AWS::EC2::VPC', 'Custom::Unheard', 'constructor', '__proto__', ''])('of %j it is not', (type) => {
    expect(usualMinutes(type)).toBeUndefined();
    expect(usualMinutesLeft([{ type, minutes: 0 }])).toBeUndefined();
  });

  test.each(['directory', 'cluster', 'people', 'launchpad', 'prerequisites'])(
    'fits what the pages say of the stack %s',
    (stack) => {
      const [least, most] = durationOf(stack)!.match(/\d+/g)!.map(Number) as [number, number];
      // The pages speak of a cluster without a database for Slurm's accounting.
      const types = typesOf(stack).filter((type) => type !== 'AWS::RDS::DBInstance');
      const all = usualMinutesLeft(types.map((type) => ({ type, minutes: 0 })))!;
      expect(all).toBeGreaterThanOrEqual(least);
      expect(all).toBeLessThanOrEqual(most);
    },
  );
});

describe('how long it usually takes from now', () => {
  const [directory, fileSystem, cluster] = [
    'AWS::DirectoryService::MicrosoftAD',
    'AWS::FSx::FileSystem',
    'AWS::SageMaker::Cluster',
  ];
  test.each<[string, readonly (readonly [string, number])[], number | undefined]>([
    ['nothing is open', [], undefined],
    [
      'what is made side by side: the longest',
      [
        [directory, 0],
        [fileSystem, 0],
      ],
      30,
    ],
    ['what has gone on for some time, rounded up', [[directory, 6.5]], 24],
    [
      'the shorter one may end later',
      [
        [directory, 28],
        [fileSystem, 1],
      ],
      9,
    ],
    [
      'what comes afterwards is added',
      [
        [directory, 10],
        [cluster, 0],
      ],
      40,
    ],
    [
      'what is not known does not matter beside what is',
      [
        [directory, 10],
        ['AWS::EC2::VPC', 50],
      ],
      20,
    ],
    ['longer than usual: nobody knows', [[directory, 31]], undefined],
    [
      'longer than usual, and something to come: at least that',
      [
        [directory, 45],
        [cluster, 0],
      ],
      20,
    ],
  ])('%s', (_, open, minutes) => {
    expect(usualMinutesLeft(open.map(([type, gone]) => ({ type, minutes: gone })))).toBe(minutes);
  });
});
