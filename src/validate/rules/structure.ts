import { beside, many, resource, value } from './examples.ts';
import type { Rule } from './rule.ts';
import { guide } from './urls.ts';

const ANATOMY = guide('template-anatomy');
const LIMITS = guide('cloudformation-limits');
const GATEWAY = resource('AWS::EC2::InternetGateway');
const LARGE = (bytes: number): string => `${GATEWAY.replace('Resources:', 'Resources: # <-')}# ${'x'.repeat(bytes)}\n`;

/** The template as a whole: its sections, and how large it may be. */
export const STRUCTURE: readonly Rule[] = [
  {
    code: 'E1001',
    name: 'sections',
    message: 'A template has the sections of CloudFormation and no others, and Resources among them.',
    why: 'CloudFormation refuses a section that it does not know.',
    fix: 'Correct the name of the section, or delete it.',
    url: ANATOMY,
    bad: [
      'Resource: # <-\n  A: {}\nResources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n',
      'Parameters: {} # <-\n',
      "AWSTemplateFormatVersion: '2010-09-10' # <-\nResources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n",
    ],
    good: [`AWSTemplateFormatVersion: '2010-09-09'\n${GATEWAY}`, `Hooks: {}\n${GATEWAY}`],
  },
  {
    code: 'E1002',
    name: 'template-size',
    message: 'The template is larger than CloudFormation takes.',
    why: 'A template may have 1 MB, from S3.',
    fix: 'Divide it into several stacks.',
    url: LIMITS,
    bad: [LARGE(1_000_000)],
    good: [GATEWAY],
  },
  {
    code: 'PL3020',
    name: 'template-size-without-bucket',
    severity: 'info',
    message: 'The template is too large to be sent without a bucket.',
    why: 'Above 51,200 bytes CloudFormation takes a template from S3 only.',
    fix: 'Publish it, or give aws cloudformation deploy a bucket with --s3-bucket.',
    url: LIMITS,
    bad: [LARGE(52_000)],
    good: [GATEWAY],
  },
  {
    code: 'PL3021',
    name: 'dynamic-references',
    message: 'The template has more dynamic references than CloudFormation resolves.',
    why: 'CloudFormation resolves 60 in a template.',
    fix: 'Divide it into several stacks.',
    url: guide('dynamic-references'),
    bad: [
      `Resources: # <-\n${many(61, (i) => `  P${i}: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: '{{resolve:ssm:/a}}'}}`)}\n`,
    ],
    good: [
      resource('AWS::SSM::Parameter', 'Type: String', "Value: '{{resolve:ssm:/a}}'"),
      value(
        '!FindInMap [Images, us-west-2, image1]',
        'Mappings:\n  Images:\n    us-west-2:',
        many(61, (i) => `      image${i}: '{{resolve:ssm:/image/${i}}}'`),
      ),
    ],
  },
  {
    code: 'E1003',
    name: 'description-length',
    message: 'The description is too long.',
    why: 'It may have 1,024 bytes.',
    fix: 'Shorten it; what is to be read goes into Metadata or beside the template.',
    url: LIMITS,
    bad: [beside(`Description: ${'x'.repeat(1025)} # <-`)],
    good: [beside('Description: Short.')],
  },
  {
    code: 'E1004',
    name: 'description-text',
    message: 'The description must be text.',
    why: 'CloudFormation refuses anything else.',
    fix: 'Write one text.',
    url: ANATOMY,
    bad: [beside('Description: [a, list] # <-')],
    good: [beside('Description: A text.')],
  },
  {
    code: 'E1005',
    name: 'transform',
    message: 'Transform must be the name of a macro, or a list of such names.',
    why: 'CloudFormation runs macros by their names.',
    fix: 'Write the name as text.',
    url: guide('transform-section-structure'),
    bad: [beside('Transform: [[AWS::LanguageExtensions]] # <-')],
    good: [beside('Transform: AWS::LanguageExtensions')],
  },
  {
    code: 'E4001',
    name: 'parameter-form',
    message: 'AWS::CloudFormation::Interface has the keys ParameterGroups and ParameterLabels and no others.',
    why: 'The console shows parameters without groups or labels, and says nothing.',
    fix: 'Correct the key.',
    url: guide('aws-resource-cloudformation-interface'),
    bad: [beside('Metadata:', '  AWS::CloudFormation::Interface:', '    ParameterLabel: {} # <-')],
    good: [beside('Metadata:', '  AWS::CloudFormation::Interface:', '    ParameterLabels: {}')],
  },
  {
    code: 'W4001',
    name: 'parameter-form-names',
    message: 'The form names a parameter that does not exist.',
    why: 'The console leaves it out.',
    fix: 'Correct the name.',
    url: guide('aws-resource-cloudformation-interface'),
    bad: [
      beside(
        ...['Parameters:', '  Name: { Type: String }', 'Metadata:', '  AWS::CloudFormation::Interface:'],
        ...['    ParameterLabels:', '      Nam: { default: Your name } # <-'],
      ),
    ],
    good: [
      beside(
        ...['Parameters:', '  Name: { Type: String }', 'Metadata:', '  AWS::CloudFormation::Interface:'],
        ...['    ParameterLabels:', '      Name: { default: Your name }'],
      ),
    ],
  },
  {
    code: 'E4002',
    name: 'metadata',
    message: 'Metadata must be a mapping of keys.',
    why: 'CloudFormation refuses anything else.',
    fix: 'Write keys with values.',
    url: guide('metadata-section-structure'),
    bad: [beside('Metadata: text # <-')],
    good: [beside('Metadata: { Author: me }')],
  },
  {
    code: 'E1700',
    name: 'rules-section',
    message: 'A rule must have Assertions, each with Assert and perhaps AssertDescription.',
    why: 'CloudFormation refuses the template.',
    fix: 'Correct the keys of the rule.',
    url: guide('rules-section-structure'),
    bad: [beside('Rules:', '  Small: {} # <-')],
    good: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: !Equals [a, a]')],
  },
  {
    code: 'PL3051',
    name: 'assertion-key',
    severity: 'warning',
    message: 'An assertion has the keys Assert and AssertDescription and no others.',
    why: 'CloudFormation takes the template, and leaves the key out: nobody sees the description.',
    fix: 'Correct the key.',
    url: guide('rules-section-structure'),
    bad: [
      beside(
        'Rules:',
        '  Small:',
        '    Assertions:',
        '      - Assert: !Equals [!Ref AWS::Region, us-west-2]',
        '        Description: West only. # <-',
      ),
    ],
    good: [
      beside(
        'Rules:',
        '  Small:',
        '    Assertions:',
        '      - Assert: !Equals [!Ref AWS::Region, us-west-2]',
        '        AssertDescription: West only.',
      ),
    ],
  },
  {
    code: 'PL3009',
    name: 'no-resources',
    message: 'The section Resources is empty.',
    why: 'CloudFormation does not create a stack without resources.',
    fix: 'Add at least one resource.',
    url: ANATOMY,
    bad: ['Resources: {} # <-\n'],
    good: [GATEWAY],
  },
  {
    code: 'PL3011',
    name: 'macros',
    severity: 'info',
    message: 'The template uses macros, so references and properties are not checked.',
    why: 'A macro may add or change anything before the template is used.',
    fix: 'Add --engine aws to have CloudFormation check it.',
    url: guide('template-macros'),
    bad: [`Transform: AWS::Serverless-2016-10-31 # <-\n${GATEWAY}`],
    good: [`Transform: AWS::LanguageExtensions\n${GATEWAY}`],
  },
];
