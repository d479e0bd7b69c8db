import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, has, isList, isObject, type JsonObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { isOpen } from '../../model/macros.ts';
import { didYouMean, unknownKeys } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { all, literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { textWithVariables } from '../base/texts.ts';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const ROLE = 'RoleArn: arn:aws:iam::111122223333:role/a';
const LANGUAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html';

const machine = (...lines: readonly string[]): string =>
  resource(MACHINE, ROLE, 'Definition:', '  StartAt: One', '  States:', ...lines.map((line) => `    ${line}`));
const asText = (definition: string): string => resource(MACHINE, ROLE, `DefinitionString: '${definition}'`);

const TOP = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'ProcessorConfig'];
/** What a state may have, of any type: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html */
const FIELDS = (
  'Type Comment Next End QueryLanguage InputPath OutputPath Parameters ResultPath ResultSelector Retry Catch Assign ' +
  'Output Arguments Resource TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath Credentials ' +
  'Choices Default Seconds Timestamp SecondsPath TimestampPath Result Error ErrorPath Cause CausePath Branches ' +
  'ItemProcessor Iterator ItemsPath Items ItemSelector ItemBatcher ItemReader ResultWriter Label MaxConcurrency ' +
  'MaxConcurrencyPath ToleratedFailureCount ToleratedFailureCountPath ToleratedFailurePercentage ' +
  'ToleratedFailurePercentagePath'
).split(' ');
const OF_PATHS = ['InputPath', 'OutputPath', 'Parameters', 'ResultPath', 'ResultSelector', 'ItemsPath'];
const MAX_NAME = 80;

/** Of each type of state the fields of which it needs one, and whether it goes on to another state or ends. */
const STATES: Readonly<Record<string, { readonly needs: readonly string[]; readonly goesOn: boolean }>> = {
  Task: { needs: ['Resource'], goesOn: true },
  Pass: { needs: [], goesOn: true },
  Wait: { needs: ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'], goesOn: true },
  Parallel: { needs: ['Branches'], goesOn: true },
  Map: { needs: ['ItemProcessor', 'Iterator'], goesOn: true },
  Choice: { needs: ['Choices'], goesOn: false },
  Succeed: { needs: [], goesOn: false },
  Fail: { needs: [], goesOn: false },
};

/** Whether a value is known: neither a function nor put in later. */
function isKnown(value: Json | undefined): value is Json {
  return value !== undefined && !functionOf(value) && !(typeof value === 'string' && value.includes('${'));
}

/** The entries of a list that are mappings, each with its place. */
function* mappings(list: Json | undefined, path: Path): Generator<readonly [JsonObject, Path]> {
  if (isList(list))
    for (const [index, one] of list.entries()) if (isObject(one) && !functionOf(one)) yield [one, [...path, index]];
}

/** The states that a state names as the next, each with the place that names it. */
function* nexts(state: JsonObject, path: Path): Generator<readonly [name: Json, path: Path]> {
  const named: Iterable<readonly [JsonObject, Path, string]> = [
    [state, path, 'Next'],
    [state, path, 'Default'],
    ...[...mappings(state['Choices'], [...path, 'Choices'])].map(([one, at]) => [one, at, 'Next'] as const),
    ...[...mappings(state['Catch'], [...path, 'Catch'])].map(([one, at]) => [one, at, 'Next'] as const),
  ];
  for (const [holder, at, name] of named) if (holder[name] !== undefined) yield [holder[name], [...at, name]];
}

/** What is wrong with a definition, or with a part of one that has states of its own. */
function* definitionFaults(definition: JsonObject, path: Path, language: string): Generator<Hit> {
  yield* unknownKeys(definition, path, TOP);
  const { StartAt: start, States: states, QueryLanguage: own } = definition;
  for (const name of ['StartAt', 'States'])
    if (definition[name] === undefined) yield { path, part: 'key', message: `The definition needs ${name}.` };
  if (!isObject(states) || functionOf(states) || isOpen(states)) return;
  const named = [[start, [...path, 'StartAt']] as const, ...edges(states, [...path, 'States'])];
  for (const [name, at] of named)
    if (isKnown(name) && !(typeof name === 'string' && has(states, name)))
      yield {
        path: at,
        message: `There is no state ${JSON.stringify(name)} here.`,
        hint: didYouMean(String(name), () => Object.keys(states)),
      };
  const known = named.every(([name]) => isKnown(name) || name === undefined);
  for (const [name, state] of Object.entries(states)) {
    const at = [...path, 'States', name];
    if (name.length > MAX_NAME)
      yield {
        path: at,
        part: 'key',
        message: `The name of a state has ${name.length} characters, more than ${MAX_NAME}.`,
      };
    if (known && start !== undefined && !named.some(([one]) => one === name))
      yield { path: at, part: 'key', message: `No state leads to ${name}.` };
    if (isObject(state) && !functionOf(state)) yield* stateFaults(state, at, literal(own) ?? language);
  }
}

function edges(states: JsonObject, path: Path): readonly (readonly [Json | undefined, Path])[] {
  return Object.entries(states).flatMap(([name, state]) =>
    isObject(state) && !functionOf(state) ? [...nexts(state, [...path, name])] : [[{ Ref: '' }, path] as const],
  );
}

function* stateFaults(state: JsonObject, path: Path, language: string): Generator<Hit> {
  yield* unknownKeys(state, path, FIELDS);
  const type = literal(state['Type']);
  const kind = ownEntry(STATES, type);
  if (state['Type'] === undefined) yield { path, part: 'key', message: 'A state needs Type.' };
  if (!kind) {
    if (type !== undefined && !type.includes('${'))
      yield {
        path: [...path, 'Type'],
        message: `There are no states of type ${type}.`,
        hint: didYouMean(type, Object.keys(STATES)),
      };
    return;
  }
  const there = kind.needs.filter((name) => state[name] !== undefined);
  if (kind.needs.length > 0 && there.length === 0)
    yield { path, part: 'key', message: `A state of type ${type} needs ${kind.needs.join(' or ')}.` };
  if (there.length > 1)
    yield { path: [...path, there[1]!], part: 'key', message: `A state cannot have both ${there.join(' and ')}.` };
  yield* endFaults(state, path, type!, kind.goesOn);
  yield* languageFaults(state, path, literal(state['QueryLanguage']) ?? language);
  for (const [branch, at] of mappings(state['Branches'], [...path, 'Branches']))
    yield* definitionFaults(branch, at, language);
  for (const name of ['ItemProcessor', 'Iterator']) {
    const { [name]: inner } = state;
    if (isObject(inner) && !functionOf(inner)) yield* definitionFaults(inner, [...path, name], language);
  }
}

/** A state goes on to another or ends; a choice does neither by itself, and the last states are the end. */
function* endFaults(state: JsonObject, path: Path, type: string, goesOn: boolean): Generator<Hit> {
  const there = ['Next', 'End'].filter((name) => state[name] !== undefined);
  if (!goesOn && there.length > 0)
    yield { path: [...path, there[0]!], part: 'key', message: `A state of type ${type} cannot have ${there[0]}.` };
  if (goesOn && there.length === 0)
    yield { path, part: 'key', message: 'A state needs Next, or End: true.', hint: 'Add one of them.' };
  if (goesOn && there.length === 2)
    yield { path: [...path, 'End'], part: 'key', message: 'A state cannot have both Next and End.' };
  for (const [choice, at] of type === 'Choice' ? mappings(state['Choices'], [...path, 'Choices']) : [])
    if (choice['Next'] === undefined) yield { path: at, message: 'A choice needs Next.' };
}

/** Fields that only the other language of queries has. */
function* languageFaults(state: JsonObject, path: Path, language: string): Generator<Hit> {
  const wrong = language === 'JSONata' ? OF_PATHS : language === 'JSONPath' ? ['Arguments', 'Output'] : [];
  for (const name of wrong)
    if (state[name] !== undefined)
      yield {
        path: [...path, name],
        part: 'key',
        message: `A state whose QueryLanguage is ${language} cannot have ${name}.`,
      };
}

/** What is wrong with a definition that is written as text: the place in it is part of the message. */
function* textFaults(value: Json, path: Path, isFilledIn: boolean): Generator<Hit> {
  const text = textWithVariables(value);
  if (text === undefined) return;
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch {
    if (!isObject(value) && !isFilledIn) yield { path, message: 'DefinitionString is not JSON.' };
    return;
  }
  if (!isObject(definition)) return;
  for (const { path: at, message, hint } of definitionFaults(definition, [], 'JSONPath'))
    yield { path, message: at.length === 0 ? message! : `${message!.replace(/\.$/, '')}, at ${at.join('.')}.`, hint };
}

/** State machines of Step Functions. */
export const STATE_MACHINE_RULES: readonly Rule[] = [
  {
    code: 'E3601',
    name: 'state-machine',
    message: 'The definition of a state machine is not one that Step Functions takes.',
    why: 'Step Functions refuses the state machine, and the stack rolls back.',
    fix: 'Correct what the message says.',
    url: LANGUAGE,
    bad: [
      machine('Two: { Type: Succeed } # <-').replace('StartAt: One', 'StartAt: One # <-'),
      machine('One: { Type: Task, Resource: a, Next: Tow } # <-', 'Two: { Type: Succeed } # <-'),
      machine('One: { Type: Pass } # <-'),
      machine('One: { Type: Sucess } # <-'),
      machine('One: { Type: Task, End: true } # <-'),
      machine('One: { Type: Pass, Output: a, End: true } # <-'),
      machine('One: { Type: Succeed, End: true } # <-'),
      `${asText('{"StartAt": "One", "States": {"One": {"Type": "Wait", "Seconds": 1}}}').trimEnd()} # <-\n`,
      `${asText('{"StartAt": "One"').trimEnd()} # <-\n`,
    ],
    good: [
      machine('One: { Type: Task, Resource: !Ref AWS::StackName, Next: Two }', 'Two: { Type: Succeed }'),
      machine('One: { Type: Choice, Choices: [{ Variable: $.a, IsNull: true, Next: Two }] }', 'Two: { Type: Fail }'),
      machine('One: { Type: Pass, QueryLanguage: JSONata, Output: a, End: true }'),
      asText('{"StartAt": "One", "States": {"One": {"Type": "Wait", "Seconds": 1, "End": true}}}'),
    ],
    check: all(
      resources([MACHINE, 'AWS::Serverless::StateMachine'], function* (object, path, _, known): Generator<Hit> {
        for (const { value, path: at } of valuesAt(object, 'Definition', path, known))
          if (isObject(value) && !functionOf(value) && !isOpen(value)) yield* definitionFaults(value, at, 'JSONPath');
      }),
      resources(MACHINE, function* (object, path, _, known): Generator<Hit> {
        const isFilledIn = object['DefinitionSubstitutions'] !== undefined;
        for (const { value, path: at } of valuesAt(object, 'DefinitionString', path, known))
          if (value !== undefined) yield* textFaults(value, at, isFilledIn);
      }),
    ),
  },
];
