import type { Assets } from '../assets/assets.ts';
import type { Template } from '../aws/template.ts';
import type { Config } from '../config/config.ts';
import { cluster } from '../stacks/cluster.ts';
import { directory } from '../stacks/directory.ts';
import { prerequisites } from '../stacks/prerequisites.ts';
import type { ReleaseLocation } from '../stacks/release-location.ts';
import type { StackName } from '../stacks/stack-name.ts';
import { type CompiledTemplate, compiledTemplate } from './compiled-template.ts';

/**
 * Compiles the stacks, in the order in which a launcher makes them. The same input gives the same bytes.
 * @param config podlaunch.yaml, complete
 * @param assets what is copied to the nodes' bucket; its hash stands in the templates
 * @param location where the release will lie; without it nothing is copied, and an output says what to run instead
 */
export function compile(
  config: Config,
  assets: Pick<Assets, 'sha256'>,
  location?: ReleaseLocation,
): readonly CompiledTemplate[] {
  const stacks: readonly [StackName, Template][] = [
    ['prerequisites', prerequisites(config, assets.sha256, location)],
    ['directory', directory(config, location)],
    ['cluster', cluster(config, assets.sha256)],
  ];
  return stacks.map(([stack, template]) => compiledTemplate(stack, template.body(), HEADINGS[stack]));
}

const HEADINGS: Record<StackName, string> = {
  prerequisites: heading(
    'What a HyperPod cluster and its directory stand on: network, file system, role, scripts.',
    'First of three: its outputs are parameters of directory.yaml and cluster.yaml.',
  ),
  directory: heading(
    'AWS Managed Microsoft AD (or a directory that exists), and LDAPS to it through a load balancer.',
    'Second of three: takes outputs of prerequisites.yaml; its outputs are parameters of cluster.yaml.',
  ),
  cluster: heading(
    'A HyperPod cluster with Slurm whose users and groups live in the directory.',
    'Third of three: takes outputs of prerequisites.yaml and directory.yaml.',
  ),
};

function heading(...lines: readonly string[]): string {
  return [...lines, 'Compiled by podlaunch; edit the TypeScript or podlaunch.yaml, not this file.'].join('\n');
}
