/**
 * Sizes by family: the instance types that HyperPod knew on 2026-11-27. From the type ClusterInstanceType of the
 * SageMaker API (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html).
 * AWS adds some each year: one that is missing here is worth a warning, never an error.
 */
const SIZES: Readonly<Record<string, string>> = {
  c5: 'large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge',
  c5n: 'large 2xlarge 4xlarge 9xlarge 18xlarge',
  c6a: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge',
  c6g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  c6i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  c7g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  c8g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  g4dn: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  g5: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  g6: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  g6e: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  g7: '2xlarge 4xlarge 8xlarge 12xlarge 24xlarge 48xlarge',
  g7e: '2xlarge 4xlarge 8xlarge 12xlarge 24xlarge 48xlarge',
  gr6: '4xlarge 8xlarge',
  i3en: 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge',
  m5: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  m6a: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge',
  m6g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  m6i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  m7g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  m7i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  m8g: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  p4d: '24xlarge',
  p4de: '24xlarge',
  p5: '4xlarge 48xlarge',
  p5e: '48xlarge',
  p5en: '48xlarge',
  'p6-b200': '48xlarge',
  'p6-b300': '48xlarge',
  'p6e-gb200': '36xlarge',
  r5d: '16xlarge',
  r6i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  r7i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  t3: 'medium large xlarge 2xlarge',
  trn1: '32xlarge',
  trn1n: '32xlarge',
  trn2: '3xlarge 48xlarge',
};

/** The instance types of HyperPod that podlaunch knows: `ml.c5.large`. */
export function knownInstanceTypes(): readonly string[] {
  return Object.entries(SIZES).flatMap(([family, sizes]) => sizes.split(' ').map((size) => `ml.${family}.${size}`));
}
