import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, isList, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { isOpen } from '../../model/macros.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { value } from '../base/examples.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { functionPage } from '../base/urls.ts';
import { args, isText, usage } from '../base/usage.ts';

const MAP = ['Mappings:', '  Zones:', '    us-west-2: { first: usw2-az1 }'];

const anything = (): boolean => true;
const columns = new WeakMap<JsonObject, ReadonlySet<string>>();

/** The second keys that any row of a mapping has. */
function columnsOf(mapping: JsonObject): ReadonlySet<string> {
  const known =
    columns.get(mapping) ?? new Set(Object.keys(mapping).flatMap((row) => Object.keys(objectAt(mapping, row))));
  columns.set(mapping, known);
  return known;
}

const open = new WeakMap<JsonObject, boolean>();

/** Whether a macro may add keys to a mapping, or to a row of it. */
function mayGrow(mapping: JsonObject): boolean {
  const known =
    open.get(mapping) ?? (isOpen(mapping) || Object.values(mapping).some((line) => isObject(line) && isOpen(line)));
  open.set(mapping, known);
  return known;
}

/** A mapping, or a key of it, that is not there. */
function* unknownKey({ mappings, mayMake }: Model, argument: readonly Json[], path: Path): Generator<Hit> {
  const [name, row, column, fallback] = argument;
  if (typeof name !== 'string' || fallback !== undefined) return;
  const hit = (index: number, message: string, wrong: string, known: Parameters<typeof didYouMean>[1]): Hit => ({
    message,
    path: [...path, index],
    hint: didYouMean(wrong, known),
  });
  const mapping = mappings[name];
  if (mapping === undefined && !mayMake('Mappings', name))
    yield hit(0, `${name} is not a mapping of this template.`, name, () => Object.keys(mappings));
  if (!isObject(mapping) || mayGrow(mapping)) return;
  if (typeof row === 'string' && !has(mapping, row)) {
    yield hit(1, `The mapping ${name} does not have the key ${row}.`, row, () => Object.keys(mapping));
  } else if (typeof column === 'string') {
    const known = typeof row === 'string' ? new Set(Object.keys(objectAt(mapping, row))) : columnsOf(mapping);
    const where = typeof row === 'string' ? `${name}.${row}` : name;
    if (!known.has(column)) yield hit(2, `The mapping ${where} does not have the second key ${column}.`, column, known);
  }
}

/** What is wrong with the default value, the fourth argument. */
function* defaultFault({ isExtended }: Model, fallback: Json | undefined, path: Path): Generator<Hit> {
  if (fallback === undefined) return;
  if (!isExtended)
    yield {
      message: 'A default value of Fn::FindInMap needs the macro AWS::LanguageExtensions.',
      path,
      hint: 'Add Transform: AWS::LanguageExtensions, or delete it.',
    };
  else if (!isObject(fallback) || !has(fallback, 'DefaultValue'))
    yield { message: 'A default value of Fn::FindInMap is written DefaultValue: VALUE.', path };
}

/** Fn::FindInMap. */
export const FIND_IN_MAP_RULES: readonly Rule[] = [
  {
    code: 'E1011',
    name: 'find-in-map',
    message: 'Fn::FindInMap names a mapping and keys that it has.',
    why: 'CloudFormation refuses the template, or the stack fails where the key is computed.',
    fix: 'Correct the name or the key, or add it to the mapping.',
    url: functionPage('findinmap'),
    bad: [
      value('!FindInMap [Zone, us-west-2, first] # <-', ...MAP),
      value('!FindInMap [Zones, us-west-1, first] # <-', ...MAP),
      value('!FindInMap [Zones, !Ref AWS::Region, second] # <-', ...MAP),
      value('!FindInMap [Zones, us-west-2] # <-', ...MAP),
      value('!FindInMap [{ Zones: a }, us-west-2, first] # <-', ...MAP),
      value('!FindInMap [Zones, us-west-2, first, { DefaultValue: a }] # <-', ...MAP),
      value('!FindInMap [Zones, us-west-2, first, a] # <-', 'Transform: AWS::LanguageExtensions', ...MAP),
    ],
    good: [
      value('!FindInMap [Zones, !Ref AWS::Region, first]', ...MAP),
      value('!FindInMap [Zones, us-west-9, first, { DefaultValue: a }]', 'Transform: AWS::LanguageExtensions', ...MAP),
    ],
    check: usage(
      'Fn::FindInMap',
      '!FindInMap [Mapping, Key, Column]',
      args([isText, isText, isText, anything], 3),
      function* ({ argument, path }, model) {
        if (!isList(argument) || model.hasMacros) return;
        yield* defaultFault(model, argument[3], [...path, 3]);
        yield* unknownKey(model, argument, path);
      },
    ),
  },
];
