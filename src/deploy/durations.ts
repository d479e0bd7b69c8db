/** What is made side by side. Each stage begins when the longest of the one before it is done. */
const STAGES: readonly Readonly<Record<string, number>>[] = [
  {
    'AWS::DirectoryService::MicrosoftAD': 30,
    'AWS::RDS::DBInstance': 12,
    'AWS::FSx::FileSystem': 10,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 3,
    'AWS::EC2::NatGateway': 2,
    'AWS::EC2::VPCEndpoint': 2,
  },
  { 'Custom::AlignedTargets': 5, 'Custom::People': 5 },
  { 'AWS::SageMaker::Cluster': 20 },
];

/**
 * How many minutes a resource usually takes to be made; undefined where it takes no time worth a word. docs/launcher.md
 * says the same of whole stacks. What is not in it is done within seconds to two minutes.
 */
export function usualMinutes(type: string): number | undefined {
  return STAGES.find((stage) => Object.hasOwn(stage, type))?.[type];
}

/**
 * How many minutes all of it usually takes from now, rounded up: of each stage what takes longest.
 * @param open what is not done, and for how many minutes it has gone on: 0 where it has not begun
 * @returns undefined where nothing of it takes a time that is known, or all of that takes longer than usual
 */
export function usualMinutesLeft(
  open: readonly { readonly type: string; readonly minutes: number }[],
): number | undefined {
  const left = STAGES.map((stage) =>
    Math.max(0, ...open.map(({ type, minutes }) => (Object.hasOwn(stage, type) ? stage[type]! - minutes : 0))),
  );
  const sum = left.reduce((all, one) => all + one);
  return sum > 0 ? Math.ceil(sum) : undefined;
}
