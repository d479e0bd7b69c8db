import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of what travels with the templates. */
export const CODES: CodeTable = {
  PL2001: 'The folder of the lifecycle scripts is missing, or is not a folder.',
  PL2002:
    'A file name in the folder of the lifecycle scripts is not UTF-8, or contains a backslash or a control character.',
  PL2003: 'A symbolic link in the folder of the lifecycle scripts leads nowhere, to a folder, or out of the folder.',
  PL2004: 'Something in the folder of the lifecycle scripts is neither a file nor a folder.',
  PL2005: 'A file, its path, all files together, or their number is over the limit of what a release carries.',
  PL2010: 'The folder of the lifecycle scripts has no entry point.',
  PL2011: 'An entry point does not start with a line that names bash.',
  PL2012: 'A script has Windows line ends, with which Linux does not run it.',
  PL2013: 'A shell script is not right in its syntax.',
  PL2014: 'A file contains what looks like a secret; a release may be read by anyone.',
  PL2015: 'A Python file is not right in its syntax.',
  PL2016: 'A file that is JSON by its name is not right in its syntax, or is not UTF-8.',
  PL2017: 'The contract of the node settings, node-settings.schema.json, is not a JSON Schema.',
  PL2018:
    'The node settings that the cluster stack writes for this configuration break the JSON Schema beside the scripts.',
  PL2019: 'The syntax of some scripts was not checked, because what reads them is not on this machine.',
  PL2020: 'The node settings of this configuration are larger than a parameter of Parameter Store.',
};
