import { has, isList, isObject, PSEUDO_PARAMETERS, subVariables } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { freeVariables, subParts } from '../../model/references.ts';
import { output, resource } from '../base/examples.ts';
import { anywhere } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { functionPage } from '../base/urls.ts';
import { args, isPlainText, type Misfit, usage } from '../base/usage.ts';
import { unknownAttribute, unknownName } from './names.ts';

const withMapping = args([isPlainText, isObject]);
const misfitOfSub: Misfit = (argument) => (isPlainText(argument) ? undefined : withMapping(argument));
const isSub = (argument: Json): boolean => misfitOfSub(argument) === undefined;

/** Keys under which texts belong to another service, which has `${…}` of its own. */
const FOREIGN = ['TemplateBody', 'DefinitionString', 'Definition'];

function isKnown({ parameters, resources }: Model, variable: string): boolean {
  const [name = ''] = variable.split('.', 1);
  if (variable.includes('.')) return has(resources, name);
  return has(parameters, name) || has(resources, name) || PSEUDO_PARAMETERS.has(name);
}

/** Fn::Sub, and texts in which it was forgotten. */
export const SUB_RULES: readonly Rule[] = [
  {
    code: 'E1019',
    name: 'sub',
    message: 'Fn::Sub takes a text, or a text and a mapping; its variables name what is there.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name of the variable. ${!Name} is the text ${Name}.',
    url: functionPage('sub'),
    bad: [
      output("!Sub 'in ${Vpcc}' # <-"),
      output("!Sub '${Vpc.CidrBlok}' # <-"),
      output('!Sub [a, b, c] # <-'),
      resource('AWS::EC2::VPC', 'CidrBlock: 10.0.0.0/16', "Tags: !Sub '${AWS::Region}' # <-"),
    ],
    good: [output("!Sub 'in ${Vpc}, ${!Name}'"), output("!Sub ['${Mine}', { Mine: a }]")],
    check: usage(
      'Fn::Sub',
      "!Sub 'Text with ${Name}', or a list of such a text and a mapping",
      misfitOfSub,
      function* ({ argument, path }, model) {
        const at = isList(argument) ? [...path, 0] : path;
        for (const variable of new Set(freeVariables(argument))) {
          const dot = variable.indexOf('.');
          if (dot < 0) yield* unknownName(model, variable, at);
          else yield* unknownAttribute(model, [variable.slice(0, dot), variable.slice(dot + 1)], at, at);
        }
      },
    ),
  },
  {
    code: 'W1019',
    name: 'sub-unused-variable',
    message: 'The text of Fn::Sub does not use a variable that it is given.',
    why: 'Probably its name is misspelt in the text.',
    fix: 'Use the variable, or delete it.',
    url: functionPage('sub'),
    bad: [output("!Sub ['${Mine}', { Mine: a, Yours: b }] # <-")],
    good: [output("!Sub ['${Mine}', { Mine: a }]")],
    check: anywhere('Fn::Sub', function* ({ argument, path }) {
      if (!isSub(argument)) return;
      const { text = '', given } = subParts(argument);
      const variables = new Set(subVariables(text));
      for (const name of Object.keys(given))
        if (!variables.has(name))
          yield { message: `The text of Fn::Sub does not use \${${name}}.`, path: [...path, 1, name], part: 'key' };
    }),
  },
  {
    code: 'W1020',
    name: 'sub-without-variable',
    message: 'Fn::Sub is not needed: its text has no variable.',
    why: 'Anyone who reads it looks for one.',
    fix: 'Write the text without !Sub.',
    url: functionPage('sub'),
    bad: [output('!Sub plain # <-')],
    good: [output('plain')],
    check: anywhere('Fn::Sub', function* ({ argument, path }, { original }) {
      // In a loop, its variable is filled in already.
      const isInLoop = original(path).length > path.length;
      if (isSub(argument) && subVariables(subParts(argument).text ?? '').length === 0 && !isInLoop) yield { path };
    }),
  },
  {
    code: 'E1029',
    name: 'forgotten-sub',
    message: 'A text names something as ${Name}, and is not in Fn::Sub.',
    why: 'It stays as it is: the value has a dollar sign and braces in it.',
    fix: 'Write !Sub before the text.',
    url: functionPage('sub'),
    bad: [output("'in ${Vpc}' # <-"), output("'${AWS::Region}a' # <-")],
    good: [output("!Sub 'in ${Vpc}'"), output("'${HOME}/bin'")],
    *check(model) {
      for (const { text, path } of model.texts) {
        if (!text.includes('${') || !['Resources', 'Outputs', 'Conditions'].includes(String(path[0]))) continue;
        if (FOREIGN.some((key) => path.includes(key))) continue;
        const name = subVariables(text).find((variable) => isKnown(model, variable));
        if (name !== undefined)
          yield { message: `\${${name}} is not replaced here: the text is not in Fn::Sub.`, path };
      }
    },
  },
];
