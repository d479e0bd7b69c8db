/**
 * How long the resources that take long usually take, in minutes: docs/launcher.md says the same of whole stacks. What is
 * not in it is done within seconds to two minutes.
 */
const MINUTES: Readonly<Record<string, number>> = {
  'AWS::DirectoryService::MicrosoftAD': 30,
  'AWS::SageMaker::Cluster': 20,
  'AWS::RDS::DBInstance': 12,
  'AWS::FSx::FileSystem': 10,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 3,
  'AWS::EC2::NatGateway': 2,
  'AWS::EC2::VPCEndpoint': 2,
  'Custom::AlignTargets': 5,
  'Custom::People': 5,
};

/** How many minutes a resource usually takes to be made; undefined where it takes no time worth a word. */
export function usualMinutes(type: string): number | undefined {
  return MINUTES[type];
}
