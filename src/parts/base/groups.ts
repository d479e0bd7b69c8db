/** The groups of the console's form, in the order in which it shows them. */
export const GROUPS = [
  'First person',
  'Cluster',
  'Accounting database',
  'Instance groups',
  'Logging in',
  'Directory',
  'Existing directory (leave empty to make one)',
  'Network',
  'Existing network (leave empty to make one)',
  'Network (outputs of stack 1, prerequisites)',
  'File system for Lustre',
  'Existing file system (leave empty to make one)',
  'File system (outputs of stack 1, prerequisites)',
  'Directory (outputs of stack 2, directory)',
  'Cluster (output of stack 3, cluster)',
  'Certificate of the load balancer',
  'LDAPS',
  'Handed on to stack 3, cluster (outputs of stack 1, prerequisites)',
  'Bastion',
  'Windows host',
  'Secrets',
  'Release (filled in by the publisher)',
  'Alarms',
  'Alarms (output of the prerequisites)',
] as const;

export type Group = (typeof GROUPS)[number];
