import type { TemplateDocument } from '../../compile/template-document.ts';
import { type Diagnostic, error, type Severity } from '../../diagnostics/diagnostic.ts';
import { isObject } from '../functions.ts';
import { objectAt } from '../template.ts';
import { oldSpecification } from './old-specification.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** The last release of the retired cfn-lint, which is what `npx cfn-lint` runs. */
const PACKAGE = 'cfn-lint@1.9.7';

/**
 * Run inside npx: finds the package through the PATH that npx sets, tells it of the types, and checks what comes on
 * its standard input.
 */
const RUNNER = `
const fs = require('fs');
const path = require('path');
const bin = process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, 'cfn-lint')).find((file) => fs.existsSync(file));
const lib = path.dirname(fs.realpathSync(bin));
const { specification, templates } = JSON.parse(fs.readFileSync(0, 'utf8'));
const log = console.log;
console.log = console.error;
require(path.join(lib, 'resourcesSpec.js')).extendSpecification(specification);
const { validateJsonObject } = require(path.join(lib, 'api.js'));
log(JSON.stringify(templates.map((template) => validateJsonObject(template).errors)));
`;

/** What the tool says of templates that are right: it is too old for them, or judges values that it has made up. */
const FALSE_FINDINGS: readonly RegExp[] = [
  /^Fn::Select does not support the Fn::Cidr function/,
  /^Fn::If does not allow \w+ as a nested function within an array/,
  /string_input_/,
  /^First element of Fn::Select exceeds the length of the list/,
];

interface OldFinding {
  readonly message: string;
  /** The keys that lead there, as `Resources > Vpc > Properties`. */
  readonly resource: string;
}

type OldFindings = Readonly<Record<'crit' | 'warn' | 'info', readonly OldFinding[]>>;

const SEVERITIES: readonly (readonly [keyof OldFindings, Severity])[] = [
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
  const args = ['--yes', '--package', PACKAGE, '--', 'node', '-e', RUNNER];
  const result = await runProgram('npx', args, { ...program, input });
  if (result === undefined || /\bE(?:NOTFOUND|404|NOTCACHED)\b|npm error/.test(result.stderr)) return undefined;
  try {
    const answers = JSON.parse(result.stdout) as readonly OldFindings[];
    return answers.flatMap((answer, index) => diagnostics(answer, documents[index]!));
  } catch {
    const said = result.stderr.split('\n').find((line) => /Error/.test(line)) ?? 'no answer';
    const hint = 'This tool is retired. Install the living one: pip install cfn-lint.';
    return [error({ code: 'PL3041', message: `The cfn-lint of npm failed: ${said.trim()}`, hint })];
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
  return SEVERITIES.flatMap(([kind, severity]) =>
    answer[kind].filter(isSound).map(({ message, resource }): Diagnostic => {
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

function isSound({ message }: OldFinding): boolean {
  return !FALSE_FINDINGS.some((pattern) => pattern.test(message));
}
