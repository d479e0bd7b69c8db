import { type Diagnostic, error, type Severity, type Span } from '../../diagnostics/diagnostic.ts';
import { isObject } from '../../document/intrinsics.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { objectAt } from '../model/model.ts';
import { oldSpecification } from './old-specification.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** The last release of the retired cfn-lint, which is what `npx cfn-lint` runs. */
export const NPM_PACKAGE = 'cfn-lint@1.9.7';

/**
 * Run inside npx: finds the package through the PATH that npx sets, puts today's types in the place of its own, and
 * checks what comes on its standard input. Of a template that it cannot follow it says why.
 */
const RUNNER = `
const { existsSync, readFileSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const lib = process.env.PATH.split(delimiter).map((bin) => join(bin, '..', 'cfn-lint', 'lib')).find(existsSync);
const { specification, templates } = JSON.parse(readFileSync(0, 'utf8'));
const log = console.log;
console.log = console.error;
const { awsResources } = require(join(lib, 'awsData.js'));
for (const type of Object.keys(specification.ResourceTypes)) delete awsResources.ResourceTypes[type];
require(join(lib, 'resourcesSpec.js')).extendSpecification(specification);
const { validateJsonObject } = require(join(lib, 'api.js'));
log(JSON.stringify(templates.map((template) => {
  try {
    return validateJsonObject(template).errors;
  } catch (thrown) {
    return { thrown: String(thrown.message) };
  }
})));
`;

/** What the tool says of templates that are right: it is too old for them, or judges values that it has made up. */
const FALSE_FINDINGS: readonly RegExp[] = [
  /^Fn::Select does not support the Fn::Cidr function/,
  /^Fn::If does not allow \w+ as a nested function within an array/,
  /string_input_/,
  /^First element of Fn::Select exceeds the length of the list/,
  // Conditions of conditions, and what they leave out.
  /^Unhandled Intrinsic Function /,
  /^Condition did not resolve to a boolean value, got null/,
  // Functions below a property that is JSON, as an event pattern, or in its lists.
  /^Intrinsic function [\w:]+ is not supported here/,
  // A parameter that has no value yet, where an ARN is wanted; a function that it has not worked out.
  /^Expecting an ARN, got ''/,
  /^Expecting an? \w+, got \{\s+'?(?:Ref|Fn::\w+)'?:\s/,
];

interface OldFinding {
  readonly message: string;
  /** The keys that lead there, as `Resources > Vpc > Properties`. */
  readonly resource: string;
}

type Level = 'crit' | 'warn' | 'info';
type OldFindings = Readonly<Record<Level, readonly OldFinding[]>> | { readonly thrown: string };

const SEVERITIES: readonly (readonly [Level, Severity])[] = [
  ['crit', 'error'],
  ['warn', 'warning'],
  ['info', 'info'],
];

/** Checks templates with the retired cfn-lint of npm. Undefined where npx is missing or cannot fetch it. */
export async function npmCfnLint(
  documents: readonly TemplateDocument[],
  program: ProgramOptions,
): Promise<readonly Diagnostic[] | undefined> {
  const templates = documents.map(known);
  const input = JSON.stringify({ specification: oldSpecification(typesOf(documents)), templates });
  const args = ['--yes', '--ignore-scripts', '--package', NPM_PACKAGE, '--', 'node', '-e', RUNNER];
  const result = await runProgram('npx', args, { ...program, input });
  if (result === undefined || /\bE(?:NOTFOUND|404|NOTCACHED)\b|npm error/.test(result.stderr)) return undefined;
  try {
    const answers = JSON.parse(result.stdout) as readonly OldFindings[];
    return answers.flatMap((answer, index) => diagnostics(answer, documents[index]!));
  } catch {
    return [failed(result.stderr.split('\n').find((line) => /Error/.test(line)) ?? 'no answer')];
  }
}

/** The template without what the tool is too old to know: it takes Rules for conditions in a wrong place. */
function known({ value }: TemplateDocument): object {
  const { Rules, ...rest } = isObject(value) ? value : {};
  return rest;
}

function typesOf(documents: readonly TemplateDocument[]): readonly string[] {
  const resources = documents.flatMap(({ value }) => Object.values(objectAt(value, 'Resources')));
  const types = resources.map((resource) => (isObject(resource) ? resource['Type'] : undefined));
  return [...new Set(types.filter((type) => typeof type === 'string'))];
}

function diagnostics(answer: OldFindings, document: TemplateDocument): readonly Diagnostic[] {
  if ('thrown' in answer) return [failed(answer.thrown, document.span([]))];
  return SEVERITIES.flatMap(([level, severity]) =>
    answer[level].filter(isSound).map(({ message, resource }): Diagnostic => {
      const path = resource.split(' > ').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const source = document.source?.(path);
      return {
        code: 'PL3047',
        severity,
        message: `${message.replaceAll(/\s+/g, ' ')} (retired cfn-lint of npm)`,
        path,
        span: document.span(path),
        ...(source && { source }),
        related: [],
      };
    }),
  );
}

function failed(said: string, span?: Span): Diagnostic {
  const hint = 'This tool is retired. Install the one in Python: pip install cfn-lint.';
  const message = `The cfn-lint of npm failed: ${said.trim()}`;
  return error({ code: 'PL3041', message, hint, ...(span && { span }) });
}

function isSound({ message }: OldFinding): boolean {
  return !FALSE_FINDINGS.some((pattern) => pattern.test(message));
}
