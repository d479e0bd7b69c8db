import type { Path } from '../../diagnostics/diagnostic.ts';
import { isList, isObject, type JsonObject, ownEntry } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';

/** What macros may do to a template before it is used. */
export interface Macros {
  /** Whether a macro that nobody knows here may change anything: then what is not there is no fault. */
  readonly hasMacros: boolean;
  /** Whether it uses AWS::LanguageExtensions, which is known: it adds functions, and keys may be computed. */
  readonly isExtended: boolean;
  /** Whether it uses AWS SAM, which is known: it makes resources of its own types, and leaves the others as they are. */
  readonly isServerless: boolean;
  /** The places `Fn::Transform` that a macro changes, or adds to. */
  readonly local: readonly Path[];
  /** Whether a macro may make something of this name in a section. */
  readonly mayMake: (section: string, name: string) => boolean;
  /** Whether a macro that is asked for within the template may change the value at a path. */
  readonly mayChange: (path: Path) => boolean;
}

const EXTENSIONS = 'AWS::LanguageExtensions';
const SERVERLESS = 'AWS::Serverless-2016-10-31';
const INCLUDE = 'AWS::Include';

/** Macros of AWS that leave alone what is in the template; they may make resources of their own. */
const HARMLESS: ReadonlySet<string> = new Set([
  EXTENSIONS,
  SERVERLESS,
  INCLUDE,
  'AWS::CodeDeployBlueGreen',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::ServiceCatalog',
]);

/** The types of AWS SAM, by what it makes of them. */
const SERVERLESS_TYPES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::Application': 'AWS::CloudFormation::Stack',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::GraphQLApi': 'AWS::AppSync::GraphQLApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::LayerVersion': 'AWS::Lambda::LayerVersion',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/** The type that a resource has once macros are done: AWS SAM replaces its own. undefined where nobody knows it here. */
export function typeMade(resource: Json | undefined): string | undefined {
  const type = isObject(resource) ? resource['Type'] : undefined;
  if (typeof type !== 'string') return undefined;
  return type.startsWith('AWS::Serverless::') ? ownEntry(SERVERLESS_TYPES, type) : type;
}

/** Whether a resource is one of AWS SAM. */
export function isServerlessResource(resource: Json | undefined): boolean {
  const type = isObject(resource) ? resource['Type'] : undefined;
  return typeof type === 'string' && type.startsWith('AWS::Serverless::');
}

/** Whether a mapping may get more keys than are written: from a file that is included, or of a loop that is not unrolled. */
export function isOpen(object: JsonObject): boolean {
  for (const key in object) if (key === 'Fn::Transform' || key.startsWith('Fn::ForEach::')) return true;
  return false;
}

/**
 * Looks at which macros a template asks for.
 * @param local the paths of the keys `Fn::Transform`
 */
export function macrosOf(root: JsonObject, local: readonly Path[]): Macros {
  const names = transformNames(root['Transform']);
  const around = local.map((path) => ({ path: path.slice(0, -1), name: transformNames(valueAt(root, path))[0] }));
  const isServerless = names.includes(SERVERLESS);
  const resources = isObject(root['Resources']) ? root['Resources'] : {};
  const serverless = isServerless ? Object.keys(resources).filter((id) => isServerlessResource(resources[id])) : [];
  const openSections = new Set(around.flatMap(({ path }) => (path.length === 1 ? [String(path[0])] : [])));
  const isAllOpen = names.includes(INCLUDE) || around.some(({ path }) => path.length === 0);
  // What is around a macro is given to it. AWS::Include adds to it and leaves it as it is.
  const changed = around.filter(({ path, name }) => name !== INCLUDE || isResource(path)).map(({ path }) => path);
  return {
    hasMacros:
      names.some((name) => name === undefined || !HARMLESS.has(name)) || changed.some(({ length }) => length === 0),
    isExtended: names.includes(EXTENSIONS),
    isServerless,
    local,
    mayMake: (section, name) =>
      isAllOpen ||
      openSections.has(section) ||
      (section === 'Resources' && isServerless && isMadeBySam(name, serverless)),
    mayChange: (path) => path.includes('Fn::Transform') || changed.some((start) => startsWith(path, start)),
  };
}

/** AWS SAM names what it makes after the resource it makes it of: `RunRole`, `DoorprodStage`. APIs that functions ask for have names of their own. */
function isMadeBySam(name: string, serverless: readonly string[]): boolean {
  if (name.startsWith('Serverless')) return true;
  return serverless.some((id) => name.startsWith(id) && /^[A-Z.]|Stage$/.test(name.slice(id.length)));
}

/** Resources with a macro beside their Type are not looked at. */
function isResource(path: Path): boolean {
  return path.length === 2 && path[0] === 'Resources';
}

/** The names of macros; undefined where one is computed. */
function transformNames(value: Json | undefined): readonly (string | undefined)[] {
  if (value === undefined) return [];
  return (isList(value) ? value : [value]).map((one) => {
    const name = isObject(one) ? one['Name'] : one;
    return typeof name === 'string' ? name : undefined;
  });
}

function valueAt(root: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (value as { readonly [key: string]: Json } | undefined)?.[key],
    root,
  );
}

function startsWith(path: Path, start: Path): boolean {
  return path.length >= start.length && start.every((key, index) => path[index] === key);
}
