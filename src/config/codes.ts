import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of faults in podlaunch.yaml. */
export const CODES: CodeTable = {
  PL1001: 'The given configuration file does not exist.',
  PL1002: 'The configuration file is not readable text: it is empty, binary, not UTF-8 or larger than 1 MB.',
  PL1003: 'The configuration file is not valid YAML.',
  PL1004: 'A key appears twice in the same mapping.',
  PL1005: 'The aliases of the configuration file expand to far more text than the file has.',
  PL1006: 'podlaunch does not know a key.',
  PL1007: 'A value has the wrong type.',
  PL1008: 'A value is not allowed.',
  PL1009: 'A required key is missing.',
  PL1010: 'Two directory groups, or two instance groups, have the same name.',
  PL1011: 'The cluster has more instance groups than HyperPod allows.',
  PL1012: 'A name is reserved by Slurm, by the directory or by the nodes.',
  PL1013: 'A group may log in only on node types that the cluster does not have.',
  PL1014: 'A file name is almost podlaunch.yaml; the file is not read.',
  PL1015: 'The only configuration is in a folder above, outside of a git repository.',
  PL1016: 'A file system with EFA has a capacity or a Lustre version that FSx refuses.',
  PL1017: 'A group has sudo on some node types only. That limits nothing: root on one node is root on the cluster.',
  PL1018: 'podlaunch does not know an instance type: it may be misspelt, or newer than podlaunch.',
  PL1019: 'podlaunch does not know a region: it may be misspelt, or newer than podlaunch.',
  PL1020: 'A worker group has the partition name dev, which HyperPod uses for a partition of all nodes.',
  PL1021: 'The directory is under a top-level domain, such as .local, that resolvers reserve.',
  PL1022: 'Choices of a worker group do not go together.',
  PL1023: 'A worker group takes Spot instances, which AWS does not document for HyperPod with Slurm.',
  PL1024: 'An instance group has deep health checks, and a type without GPUs or Trainium chips.',
};
