import type { Config, WorkerGroup } from './generated/types.ts';

/**
 * podlaunch.yaml, complete: what the file leaves out has its default. What a launcher may change is a template
 * parameter with the value given here as its default; what shapes the templates is compiled in.
 */
export type { Config, DirectoryGroup, GivenConfig, WorkerGroup } from './generated/types.ts';
export { NODE_TYPES, type NodeType } from './generated/types.ts';

/** What every HyperPod instance group has, workers or not. */
export type InstanceGroup = Pick<WorkerGroup, keyof Config['cluster']['controller']>;
