import { beside, resource, value } from '../base/examples.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const FORMATS = guide('template-formats');

/** The text of a template, before anything is known of what it means. */
export const READING: readonly Rule[] = [
  {
    code: 'E0000',
    name: 'not-yaml',
    message: 'The text is not valid YAML or JSON, or a key appears twice.',
    why: 'CloudFormation cannot read it. Of a key that appears twice it takes the last, without a word.',
    fix: 'Compare the indentation, the quotes and the brackets with the lines around them; keep one of two equal keys.',
    url: FORMATS,
    bad: [
      'Resources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n    Type: AWS::EC2::VPC # <-\n',
      'Resources:\n\tGateway: {} # <-\n',
      'Resources: {}\n--- # <-\nResources: {}\n',
    ],
    good: [resource('AWS::EC2::InternetGateway')],
    by: 'reader',
  },
  {
    code: 'PL3001',
    name: 'empty-file',
    message: 'The template file is empty.',
    why: 'There is nothing to check, which is hardly what was meant.',
    fix: 'Check the name of the file.',
    url: FORMATS,
    bad: [''],
    good: [resource('AWS::EC2::InternetGateway')],
    by: 'reader',
  },
  {
    code: 'PL3004',
    name: 'unknown-short-form',
    message: 'CloudFormation has no function with this short form.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name, or write the function in its long form, Fn::Name.',
    url: guide('intrinsic-function-reference'),
    bad: [value('!Joyn ["-", [a, b]] # <-')],
    good: [value('!Join ["-", [a, b]]')],
    by: 'reader',
  },
  {
    code: 'PL3005',
    name: 'yaml-1-1',
    severity: 'warning',
    message:
      'YAML 1.1, which CloudFormation reads, takes a bare word or number for something other than it looks like.',
    why: 'on and yes are true, 010 is 8, and 1:30 is 90: the value that arrives is not the one that is written.',
    fix: 'Put it in quotes, or write the value that is meant.',
    url: 'https://yaml.org/type/',
    bad: [value('010 # <-'), value('on # <-'), value('1:30 # <-')],
    good: [value("'010'"), value('true'), value('8')],
    by: 'reader',
  },
  {
    code: 'PL3007',
    name: 'nested-too-deep',
    message: 'Values are nested too deep, or aliases expand too far.',
    why: 'CloudFormation gives up on such a template, and so do the tools that read it.',
    fix: 'Check the brackets or the indentation; write the values instead of aliases.',
    url: guide('cloudformation-limits'),
    bad: [`Metadata: ${'['.repeat(300)} # <-\n`, 'Metadata:\n  a: &a\n    b: *a # <-\nResources: {}\n'],
    good: [beside('Metadata: { deep: [[[[enough]]]] }')],
    by: 'reader',
  },
  {
    code: 'PL3008',
    name: 'not-a-template',
    message: 'The file is not a CloudFormation template.',
    why: 'It has none of the sections of a template, so there is nothing to check in it.',
    fix: 'Check the name of the file. A template is a mapping with the key Resources.',
    url: guide('template-anatomy'),
    bad: ['kind: Pod # <-\nspec: {}\n', '- a list # <-\n'],
    good: [resource('AWS::EC2::InternetGateway')],
    by: 'reader',
  },
  {
    code: 'W1100',
    name: 'yaml-merge',
    message: 'CloudFormation does not know YAML merge keys (<<).',
    why: 'aws cloudformation package writes them out; the service itself refuses them.',
    fix: 'Write the keys themselves.',
    url: FORMATS,
    bad: [beside('Metadata:', '  One: &one { a: b }', '  Two:', '    <<: *one # <-', '    c: d')],
    good: [beside('Metadata:', '  One: { a: b }', '  Two: { a: b, c: d }')],
    by: 'reader',
  },
  {
    code: 'W1101',
    name: 'yaml-alias',
    message: 'CloudFormation does not know YAML aliases (*name).',
    why: 'aws cloudformation package writes them out; the service itself refuses them.',
    fix: 'Write the value itself.',
    url: FORMATS,
    bad: [beside('Metadata:', '  One: &one text', '  Two: *one # <-')],
    good: [beside('Metadata:', '  One: text', '  Two: text')],
    by: 'reader',
  },
];
