import { functionOf, isList, isObject, type JsonObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const PIPELINE = 'AWS::CodePipeline::Pipeline';
const ACTIONS = 'Stages.*.Actions.*';
const REFUSED = 'CodePipeline refuses the pipeline, and the stack rolls back.';
const ROLE = 'arn:aws:iam::111122223333:role/a';
const STRUCTURE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html';
const ACTION = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/structure-configuration-examples.html';

const kind = (category: string, provider: string): string =>
  `ActionTypeId: { Category: ${category}, Owner: AWS, Provider: ${provider}, Version: '1' }`;
const SOURCE = kind('Source', 'S3');
const BUILD = kind('Build', 'CodeBuild');
const DEPLOY = kind('Deploy', 'CloudFormation');

/** A pipeline of two stages with one action each: of each its lines. */
const pipeline = (first: readonly string[], second: readonly string[]): string =>
  resource(
    PIPELINE,
    `RoleArn: ${ROLE}`,
    'ArtifactStore: { Type: S3, Location: my-bucket }',
    'Stages:',
    ...[first, second].flatMap((lines, index) => [
      `  - Name: Stage${index}`,
      '    Actions:',
      `      - Name: Action${index}`,
      ...lines.map((line) => `        ${line}`),
    ]),
  );
const FETCH = [SOURCE, 'OutputArtifacts: [{ Name: Code }]'];
const then = (...lines: readonly string[]): string => pipeline(FETCH, lines);
const built = (input: string, output: string, marks: readonly [string, string] = ['', '']): string =>
  then(BUILD, `InputArtifacts: [{ Name: ${input} }]${marks[0]}`, `OutputArtifacts: [{ Name: ${output} }]${marks[1]}`);

/**
 * How many artifacts an action takes, and how many it gives, from least to most:
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
 */
const ARTIFACTS: Readonly<Record<string, string>> = {
  'AWS Source S3': '0-0 1-1',
  'AWS Source CodeCommit': '0-0 1-1',
  'AWS Source ECR': '0-0 1-1',
  'ThirdParty Source GitHub': '0-0 1-1',
  'AWS Build CodeBuild': '1-5 0-5',
  'AWS Test CodeBuild': '1-5 0-5',
  'AWS Test DeviceFarm': '1-1 0-0',
  'AWS Approval Manual': '0-0 0-0',
  'AWS Deploy S3': '1-1 0-0',
  'AWS Deploy CloudFormation': '0-10 0-1',
  'AWS Deploy CodeDeploy': '1-1 0-0',
  'AWS Deploy ElasticBeanstalk': '1-1 0-0',
  'AWS Deploy ECS': '1-1 0-0',
  'AWS Deploy ServiceCatalog': '1-1 0-0',
  'AWS Invoke Lambda': '0-5 0-5',
};

/** How many entries a list has at least, and at most: a function in it may be several, or none. */
function countOf(list: Json | undefined): readonly [least: number, most: number] | undefined {
  if (list === undefined) return [0, 0];
  if (!isList(list)) return undefined;
  const certain = list.filter((one) => !functionOf(one)).length;
  return [certain, certain === list.length ? certain : Number.POSITIVE_INFINITY];
}

/** What is wrong with how many artifacts an action takes or gives. */
function countFault(name: string, range: string, list: Json | undefined, of: string): string | undefined {
  const [least = 0, most = 0] = range.split('-').map(Number);
  const [atLeast, atMost] = countOf(list) ?? [least, most];
  if (atLeast <= most && atMost >= least) return undefined;
  const many = least === most ? String(least) : `${least} to ${most}`;
  return `An action of ${of} has ${many} ${name}, not ${atLeast}.`;
}

/** What is wrong with the template that an action takes from an artifact. */
function templateFault(template: string, action: JsonObject): string | undefined {
  const artifact = template.split('::', 1)[0]!;
  if (!template.includes('::')) return `TemplatePath must be ARTIFACT::FILE, not ${template}.`;
  const { InputArtifacts: list = [] } = action;
  const names = isList(list) ? list.map((one) => (isObject(one) ? literal(one['Name']) : undefined)) : [undefined];
  if (names.includes(undefined) || names.includes(artifact)) return undefined;
  return `The action does not take the artifact ${artifact}: InputArtifacts has ${names.join(', ') || 'none'}.`;
}

/** Pipelines of CodePipeline. */
export const PIPELINE_RULES: readonly Rule[] = [
  {
    code: 'E3700',
    name: 'pipeline-source',
    message: 'The first stage of a pipeline has the sources, and no other stage has any.',
    why: REFUSED,
    fix: 'Put all actions of the category Source into the first stage, alone.',
    url: STRUCTURE,
    bad: [
      pipeline([`${kind('Approval', 'Manual')} # <-`], [kind('Approval', 'Manual')]),
      then(`${SOURCE} # <-`, 'OutputArtifacts: [{ Name: More }]'),
    ],
    good: [then(BUILD, 'InputArtifacts: [{ Name: Code }]')],
    check: resources(PIPELINE, function* (object, path, _, known): Generator<Hit> {
      for (const { value, path: at } of valuesAt(object, `${ACTIONS}.ActionTypeId.Category`, path, known)) {
        const category = literal(value);
        const stage = at[path.length + 1];
        // A stage before that a condition removes makes another one the first.
        if (category === undefined || typeof stage !== 'number' || at[path.length + 2] === 'Fn::If') continue;
        if (stage === 0 && category !== 'Source')
          yield { path: at, message: `The first stage can only have actions of Source, not of ${category}.` };
        if (stage > 0 && category === 'Source' && isList(object['Stages']) && !functionOf(object['Stages'][0]))
          yield { path: at, message: 'Only the first stage can have an action of Source.' };
      }
    }),
  },
  {
    code: 'E3701',
    name: 'pipeline-artifact',
    message:
      'An action of a pipeline takes an artifact that no action before it makes, or makes one that another makes already.',
    why: 'CodePipeline refuses the pipeline.',
    fix: 'Correct the name of the artifact.',
    url: STRUCTURE,
    bad: [built('Sauce', 'Built', [' # <-', '']), built('Code', 'Code', ['', ' # <-'])],
    good: [built('Code', 'Built')],
    check: resources(PIPELINE, function* (object, path): Generator<Hit> {
      const made = new Set<string>();
      if (functionOf(object['Stages'])) return;
      const stages = [...valuesAt(object, 'Stages.*', path, new Map())];
      if (stages.some(({ value, known }) => known.size > 0 || (value !== undefined && functionOf(value)))) return;
      for (const { value, path: at } of stages) {
        if (!isObject(value)) continue;
        const actions = [...valuesAt(value, 'Actions.*', at, new Map())].flatMap((one) =>
          isObject(one.value)
            ? [{ action: one.value, path: one.path, order: Number(literal(one.value['RunOrder'] ?? 1)) }]
            : [],
        );
        // Actions of the same order run at once; those of a higher one have what these make.
        for (const { action, path: place } of actions.sort((one, other) => one.order - other.order)) {
          for (const one of valuesAt(action, 'InputArtifacts.*.Name', place, new Map())) {
            const name = literal(one.value);
            if (one.value !== undefined && name === undefined) return;
            if (name !== undefined && !made.has(name))
              yield { path: one.path, message: `No action before this one makes the artifact ${name}.` };
          }
          for (const one of valuesAt(action, 'OutputArtifacts.*.Name', place, new Map())) {
            const name = literal(one.value);
            if (one.value !== undefined && name === undefined) return;
            if (name !== undefined && made.has(name))
              yield { path: one.path, message: `Another action makes the artifact ${name} already.` };
            if (name !== undefined) made.add(name);
          }
        }
      }
    }),
  },
  {
    code: 'E3702',
    name: 'pipeline-artifacts',
    message: 'An action takes or gives more or fewer artifacts than it can.',
    why: REFUSED,
    fix: 'Write as many as the action has.',
    url: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html',
    bad: [
      then(BUILD).replace('- Name: Action1', '- Name: Action1 # <-'),
      pipeline(
        [SOURCE, 'OutputArtifacts: [{ Name: Code }, { Name: More }] # <-'],
        [BUILD, 'InputArtifacts: [{ Name: Code }]'],
      ),
      then(kind('Approval', 'Manual'), 'InputArtifacts: [{ Name: Code }] # <-'),
    ],
    good: [
      then(kind('Approval', 'Manual')),
      then(BUILD, 'InputArtifacts: [{ Name: Code }]', 'OutputArtifacts: [{ Name: Built }]'),
    ],
    check: resources(`${PIPELINE}/${ACTIONS}`, function* (action, path): Generator<Hit> {
      const { ActionTypeId: type } = action;
      if (!isObject(type)) return;
      const [owner, category, provider] = ['Owner', 'Category', 'Provider'].map((name) => literal(type[name]));
      const counts = ownEntry(ARTIFACTS, `${owner} ${category} ${provider}`)?.split(' ') ?? [];
      for (const [index, name] of counts.length === 0 ? [] : ['InputArtifacts', 'OutputArtifacts'].entries()) {
        const message = countFault(name, counts[index]!, action[name], provider!);
        if (message === undefined) continue;
        yield action[name] === undefined ? { path, message, part: 'key' } : { path: [...path, name], message };
      }
    }),
  },
  {
    code: 'E3703',
    name: 'pipeline-action',
    message: 'The configuration of an action names an artifact or a role that it cannot have.',
    why: 'The action fails when the pipeline comes to it.',
    fix: 'Name one of InputArtifacts, and the ARN of a role.',
    url: ACTION,
    bad: [
      then(DEPLOY, 'InputArtifacts: [{ Name: Code }]', 'Configuration: { TemplatePath: Cod::a.yaml } # <-'),
      then(DEPLOY, 'Configuration: { RoleArn: my-role } # <-'),
    ],
    good: [
      then(
        DEPLOY,
        'InputArtifacts: [{ Name: Code }]',
        `Configuration: { TemplatePath: Code::a.yaml, RoleArn: ${ROLE} }`,
      ),
    ],
    check: resources(`${PIPELINE}/${ACTIONS}`, function* (action, path, model, known): Generator<Hit> {
      for (const { value, path: at } of valuesAt(action, 'Configuration.TemplatePath', path, known)) {
        const template = literal(value);
        const message = template === undefined ? undefined : templateFault(template, action);
        if (message !== undefined) yield { path: at, message };
      }
      for (const { value, path: at } of valuesAt(action, 'Configuration.RoleArn', path, known)) {
        const arn = literal(value);
        const role = isObject(value) && 'Ref' in value ? resourceOf(model, value, 'AWS::IAM::Role') : undefined;
        if (arn !== undefined && !arn.startsWith('arn:'))
          yield { path: at, message: `RoleArn must be the ARN of a role, not ${arn}.` };
        else if (role !== undefined)
          yield {
            path: at,
            message: `RoleArn must be an ARN, but Ref of ${role} gives a name.`,
            hint: `Write !GetAtt ${role}.Arn.`,
          };
      }
    }),
  },
];
