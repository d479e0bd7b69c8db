import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of faults in templates that cfn-lint has no id for. Where it has one, that is used. */
export const CODES: CodeTable = {
  PL3001: 'The template file is empty.',
  PL3002: 'The template file is not UTF-8 text.',
  PL3004: 'CloudFormation has no function with this short form.',
  PL3005: 'YAML 1.1, which CloudFormation reads, takes a bare word or number for something else than it looks like.',
  PL3007: 'Values lie too deep in each other, or aliases expand without measure.',
  PL3008: 'The file is no CloudFormation template.',
  PL3009: 'The section Resources is empty.',
  PL3010: 'podlaunch knows no schema of a resource type, so properties of that type are not checked.',
  PL3011: 'The template uses macros, so references and properties are not checked.',
  PL3020: 'The template is too large to be sent without a bucket.',
  PL3021: 'The template has more dynamic references than CloudFormation resolves.',
  PL3031: 'A secret stands in the clear in a property.',
  PL3032: 'A private key stands in the clear.',
  PL3033: 'An AWS access key id stands in the clear.',
  PL3034: 'A secret parameter has a default.',
  PL3035: 'A parameter is a secret by its name, but is shown to everyone who may see the stack.',
  PL3040: 'An engine that was asked for is not on this machine and could not be fetched.',
  PL3041: 'An engine failed, or its answer makes no sense.',
  PL3042: 'The template is too large for the engine aws, which sends it without a bucket.',
  PL3043: 'The engine aws found no credentials.',
  PL3044: 'The credentials of the engine aws have expired, or AWS does not accept them.',
  PL3045: 'The credentials of the engine aws may not call ValidateTemplate.',
  PL3046: 'CloudFormation rejects the template.',
  PL3047: 'The retired cfn-lint of npm finds a fault.',
};
