import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  CONDITION_FUNCTIONS,
  isAnyFunction,
  isList,
  isObject,
  isValueFunction,
  type JsonObject,
  RULE_FUNCTIONS,
} from '../../document/intrinsics.ts';
import type { Json, TemplateDocument } from '../../document/template-document.ts';
import { isLoop, type Unrolled, unroll } from './loops.ts';
import { type Macros, macrosOf } from './macros.ts';

/** A function call in a template. */
export interface Call {
  readonly name: string;
  readonly argument: Json;
  /** Leads to the argument: its last key is the function's name. */
  readonly path: Path;
}

/** A text in a template that is not an argument of Fn::Sub. */
export interface Text {
  readonly text: string;
  readonly path: Path;
}

/** A key that looks like a function's, and is none. */
export interface UnknownFunction {
  readonly name: string;
  readonly path: Path;
}

/**
 * A template, looked through once for all rules. A section that is missing or malformed is empty here. Loops of
 * AWS::LanguageExtensions are unrolled: `original` leads from a path here to one in the document.
 */
export interface Model extends Macros, Pick<Unrolled, 'original' | 'collections'> {
  readonly document: TemplateDocument;
  readonly root: JsonObject;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly rules: JsonObject;
  readonly resources: JsonObject;
  readonly outputs: JsonObject;
  readonly calls: readonly Call[];
  /** The calls of a function. */
  readonly callsOf: (name: string) => readonly Call[];
  readonly texts: readonly Text[];
  /** Keys `Fn::Name` of which CloudFormation has no function. */
  readonly unknownFunctions: readonly UnknownFunction[];
}

/** Looks a template through. `written` is the document's value. */
export function modelOf(document: TemplateDocument, written: JsonObject): Model {
  const isExtended = transforms(written).includes('AWS::LanguageExtensions');
  const { root, original, mayName, collections } = isExtended ? unroll(written) : asWritten(written);
  const section = (name: string): JsonObject => objectAt(root, name);
  const { calls, texts, unknownFunctions, local } = lookThrough(root);
  const macros = macrosOf(root, local);
  const byName = new Map<string, Call[]>();
  for (const call of calls) {
    const list = byName.get(call.name) ?? [];
    if (list.push(call) === 1) byName.set(call.name, list);
  }
  return {
    document,
    root,
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    rules: section('Rules'),
    resources: section('Resources'),
    outputs: section('Outputs'),
    calls,
    callsOf: (name) => byName.get(name) ?? [],
    texts,
    unknownFunctions,
    original,
    collections,
    ...macros,
    hasMacros: macros.hasMacros || (!isExtended && calls.some(({ name }) => isLoop(name))),
    mayMake: (section, name) => macros.mayMake(section, name) || mayName(section, name),
  };
}

/** A template without loops. */
function asWritten(root: JsonObject): Unrolled {
  return { root, original: (path) => path, collections: [], mayName: () => false };
}

/** The value of a key where it is a mapping, else an empty one. */
export function objectAt(object: Json | undefined, key: string): JsonObject {
  const value = isObject(object) ? object[key] : undefined;
  return isObject(value) ? value : {};
}

/** The names of the macros that the template asks for. */
export function transforms(root: JsonObject): readonly Json[] {
  const { Transform } = root;
  return Transform === undefined ? [] : isList(Transform) ? Transform : [Transform];
}

/** What is found in one walk through a template. */
type Walked = Pick<Model, 'calls' | 'texts' | 'unknownFunctions' | 'local'>;

function lookThrough(root: JsonObject): Walked {
  const walk = new Walk();
  walk.visit(root, false);
  return walk;
}

/**
 * A walk under way. It is a class, and not functions within one, so that V8 optimizes it once for all templates; and what
 * is within a value is looked through by a function out of a list, which V8 does not copy into itself over and over.
 */
class Walk implements Walked {
  readonly calls: Call[] = [];
  readonly texts: Text[] = [];
  readonly unknownFunctions: UnknownFunction[] = [];
  readonly local: Path[] = [];
  readonly #path: (string | number)[] = [];

  visit(value: Json, inSub: boolean): void {
    if (typeof value === 'string') {
      if (!inSub) this.texts.push({ text: value, path: this.#path.slice() });
    } else if (typeof value === 'object' && value !== null) this.#within[Array.isArray(value) ? 0 : 1]!(value, inSub);
  }

  readonly #within: readonly ((value: Json & object, inSub: boolean) => void)[] = [
    (list, inSub) => this.#visitList(list as readonly Json[], inSub),
    (object, inSub) => this.#visitObject(object as JsonObject, inSub),
  ];

  #visitList(list: readonly Json[], inSub: boolean): void {
    const path = this.#path;
    const depth = path.length;
    for (let index = 0; index < list.length; index++) {
      path[depth] = index;
      this.visit(list[index]!, inSub);
    }
    path.length = depth;
  }

  #visitObject(object: JsonObject, inSub: boolean): void {
    const path = this.#path;
    const depth = path.length;
    const keys = Object.keys(object);
    for (const key of keys) {
      const item = object[key]!;
      path[depth] = key;
      this.visit(item, inSub || key === 'Fn::Sub');
      path.length = depth;
      if (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
        this.#visitFunction(key, item, keys.length === 1);
    }
  }

  #visitFunction(name: string, argument: Json, isAlone: boolean): void {
    const path = [...this.#path, name];
    if (name === 'Fn::Transform') this.local.push(path);
    if (this.#isCall(name, isAlone)) this.calls.push({ name, argument, path });
    else if (name.startsWith('Fn::') && !isAnyFunction(name)) this.unknownFunctions.push({ name, path });
  }

  /** Conditions and Rules have functions of their own; `Condition` is a plain key anywhere else. */
  #isCall(key: string, isAlone: boolean): boolean {
    const [section] = this.#path;
    if (section === 'Parameters' || section === 'Mappings') return false;
    if (key.startsWith('Fn::ForEach::')) return true;
    if (!isAlone) return false;
    if (isValueFunction(key)) return true;
    if (section !== 'Conditions' && section !== 'Rules') return false;
    return this.#path.length > 1 && (CONDITION_FUNCTIONS.has(key) || RULE_FUNCTIONS.has(key));
  }
}
