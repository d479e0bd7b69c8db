import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, error, type Path, type Severity, type Span } from '../../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { NO_CFN_LINT_CONFIG } from './private-folder.ts';
import { type ProgramOptions, type ProgramResult, runProgram } from './run-program.ts';

/** One match in cfn-lint's JSON. */
interface Match {
  readonly Filename: string;
  readonly Level: 'Error' | 'Warning' | 'Informational';
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: {
    readonly Start: Position;
    readonly End: Position;
    readonly Path?: Path | null;
  };
}

interface Position {
  readonly LineNumber: number;
  readonly ColumnNumber: number;
}

const SEVERITIES: Readonly<Record<Match['Level'], Severity>> = {
  Error: 'error',
  Warning: 'warning',
  Informational: 'info',
};

/**
 * Runs the cfn-lint that a command leads to, on copies of the templates in the private folder where it runs.
 * @param config its settings. Default: none, so that neither the project's nor the user's are read
 */
export async function runPythonCfnLint(
  [file, ...args]: readonly [string, ...string[]],
  documents: readonly TemplateDocument[],
  program: ProgramOptions,
  config: string = join(program.cwd, NO_CFN_LINT_CONFIG),
): Promise<readonly Diagnostic[]> {
  const copies = new Map(documents.map((document, index) => [join(program.cwd, `${index}.yaml`), document]));
  for (const [path, { text }] of copies) writeFileSync(path, text, { mode: 0o600 });
  const options = ['--format', 'json', '--non-zero-exit-code', 'none', '--config-file', config, '--'];
  const result = await runProgram(file, [...args, ...options, ...copies.keys()], program);
  return matches(result)?.map((match) => diagnostic(match, copies.get(match.Filename))) ?? [failed(result)];
}

function matches(result: ProgramResult | undefined): readonly Match[] | undefined {
  try {
    const parsed: unknown = JSON.parse(result?.stdout ?? '');
    return result?.code === 0 && Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function diagnostic({ Rule, Level, Message, Location }: Match, document: TemplateDocument | undefined): Diagnostic {
  const { Start, End, Path } = Location;
  const path = Path ?? [];
  const source = path.length > 0 ? document?.source?.(path) : undefined;
  return {
    code: Rule.Id,
    severity: SEVERITIES[Level] ?? 'error',
    message: Message.replaceAll(/\s+/g, ' '),
    path,
    ...(document && { span: spanOf(Start, End, document) }),
    ...(source && { source }),
    related: [],
  };
}

/** cfn-lint counts columns in code points. */
function spanOf(start: Position, end: Position, { file, text }: TemplateDocument): Span {
  const line = text.split('\n', start.LineNumber)[start.LineNumber - 1] ?? '';
  const units = (column: number): number => [...line].slice(0, column - 1).join('').length;
  const from = units(start.ColumnNumber);
  const to = end.LineNumber === start.LineNumber ? units(end.ColumnNumber) : line.trimEnd().length;
  return { file, line: start.LineNumber, column: from + 1, length: Math.max(1, to - from) };
}

function failed(result: ProgramResult | undefined): Diagnostic {
  const said = result?.stderr.trim().split('\n').at(-1) ?? '';
  return error({
    code: 'PL3041',
    message: `cfn-lint failed${said === '' ? '' : `: ${said}`}.`,
    hint: 'Run cfn-lint itself on the template to see more.',
  });
}
