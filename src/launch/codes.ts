import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of launch links. */
export const CODES: CodeTable = {
  PL5001: 'No place in S3 is given for the links.',
  PL5002: 'A region is not one that podlaunch knows and makes links for.',
  PL5003: 'The bucket and a launch region are in different partitions of AWS, which cannot read from each other.',
  PL5004: 'A link was asked to fill in a parameter that the template does not have.',
  PL5005: 'A link was asked to fill in a parameter whose value must not be seen (NoEcho); the console ignores it.',
  PL5006: 'A link was asked to fill in a value that the template does not allow.',
  PL5007: 'The name of a stack is not one that CloudFormation takes.',
  PL5008: 'The URL of a template is longer than CloudFormation takes.',
  PL5009: 'The channel that links were asked to follow cannot be read.',
  PL5010: 'The release that links would lead to cannot be read.',
  PL5011: 'The release that links would lead to does not have the stack.',
  PL5012: 'The command needs to read the release, but --offline forbids it.',
  PL5013: "A link was asked to fill in an id, an ARN or a place that only the launcher's own stack can know.",
  PL5014: 'The logo of the launch page cannot be read, or is not a picture in SVG or PNG of at most 32 KiB.',
  PL5015: 'The folder has no launch page.',
  PL5016: 'A file of the launch page is missing, or was changed since the page was made.',
  PL5017: 'No bucket is given for the launch page.',
  PL5018: 'The launch page would be in the bucket of its releases, and needs an origin of its own.',
  PL5019: 'A price file cannot be read: something else wrote it.',
  PL5020: "A file is not a price list of AWS's Bulk API.",
  PL5021: 'A release has a type of resource, and the permissions that a launch role needs for it are not known.',
  PL5022: 'No release is listed that could be offered: none is published, or each was withdrawn.',
  PL5023: 'A link that updates a stack was asked to fill in values, which the console does not do.',
};
