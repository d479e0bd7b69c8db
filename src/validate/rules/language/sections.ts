import { isList, isObject } from '../../../document/intrinsics.ts';
import { isKind } from '../../../document/kind.ts';
import { transforms } from '../../model/model.ts';
import { SECTIONS } from '../../model/sections.ts';
import { unknownKeys, wrongKind } from '../../model/shape.ts';
import { beside, resource } from '../base/examples.ts';
import { notAMapping } from '../base/look.ts';
import type { Check, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const ANATOMY = guide('template-anatomy');
const GATEWAY = resource('AWS::EC2::InternetGateway');

const sections: Check = function* (model) {
  const { AWSTemplateFormatVersion: version, Resources } = model.root;
  yield* unknownKeys(model.root, [], SECTIONS);
  if (version !== undefined && version !== '2010-09-09')
    yield {
      message: 'AWSTemplateFormatVersion must be 2010-09-09.',
      path: ['AWSTemplateFormatVersion'],
      hint: "Write '2010-09-09', or leave the key out.",
    };
  for (const name of ['Rules', 'Conditions']) yield* notAMapping(name)(model);
  if (Resources === undefined && !model.mayMake('Resources', ''))
    yield { message: 'The template needs the section Resources.', path: [], hint: 'Add at least one resource.' };
};

/** The sections of a template. */
export const SECTION_RULES: readonly Rule[] = [
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
      beside('Conditions: [a] # <-'),
    ],
    good: [`AWSTemplateFormatVersion: '2010-09-09'\n${GATEWAY}`, `Hooks: {}\n${GATEWAY}`],
    check: sections,
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
    *check({ root: { Description } }) {
      if (Description !== undefined && typeof Description !== 'string')
        yield wrongKind(Description, ['Description'], 'text');
    },
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
    *check({ root }) {
      for (const [index, name] of transforms(root).entries())
        if (!isKind(name, 'text') && !isObject(name))
          yield wrongKind(name, isList(root['Transform']) ? ['Transform', index] : ['Transform'], 'text');
    },
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
    check: notAMapping('Metadata'),
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
    *check({ root: { Resources }, hasMacros, mayMake }) {
      if (isObject(Resources) && Object.keys(Resources).length === 0 && !hasMacros && !mayMake('Resources', ''))
        yield { path: ['Resources'] };
    },
  },
  {
    code: 'PL3011',
    name: 'macros',
    severity: 'info',
    unchecked: true,
    message: 'A macro changes this template before it is used, so references and properties are not checked.',
    why: 'A macro may add or change anything before the template is used.',
    fix: 'Add --engine aws to have CloudFormation check it.',
    url: guide('template-macros'),
    bad: [`Transform: Mine # <-\n${GATEWAY}`],
    good: [`Transform: AWS::LanguageExtensions\n${GATEWAY}`, `Transform: AWS::Serverless-2016-10-31\n${GATEWAY}`],
    *check({ hasMacros, local }) {
      if (hasMacros) yield { path: ['Transform'], part: 'key' };
      else if (local[0])
        yield { path: local[0], part: 'key', message: 'A macro changes what is here: it is not checked.' };
    },
  },
];
