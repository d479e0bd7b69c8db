import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of faults in podlaunch.yaml. */
export const CODES: CodeTable = {
  PL1001: 'The configuration file that was asked for is not there.',
  PL1002: 'The configuration file is no text of a sensible size: it is empty, binary, not UTF-8 or larger than 1 MB.',
  PL1003: 'The configuration file is not valid YAML.',
  PL1004: 'A key stands twice in the same mapping.',
  PL1005: 'The aliases of the configuration file expand to far more than is written.',
  PL1006: 'A key has no meaning to podlaunch.',
  PL1007: 'A value has the wrong type.',
  PL1008: 'A value is not among those that are possible.',
  PL1009: 'A key that must be there is missing.',
  PL1010: 'Two directory groups, or two instance groups, have the same name.',
  PL1011: 'The cluster has more instance groups than HyperPod allows.',
  PL1012: 'A name is one that Slurm or the directory keeps for itself.',
  PL1013: 'A group may log in only where there are no nodes.',
  PL1014: 'A file has almost the name of the configuration, and would not be read.',
  PL1015: 'There is a configuration only in a folder above, which is in no git repository.',
  PL1016: 'A file system with EFA has a capacity or a Lustre version that FSx refuses.',
  PL1017: 'A group has sudo on some node types only, which bounds nothing: root on one node is root on the cluster.',
  PL1018: 'podlaunch does not know an instance type: it may be misspelt, or newer than podlaunch.',
  PL1019: 'podlaunch does not know a region: it may be misspelt, or newer than podlaunch.',
  PL1020: 'A worker group has the partition name dev, which HyperPod gives to a partition of all nodes.',
  PL1021: 'The directory is under a top-level domain, such as .local, that resolvers keep for themselves.',
};
