import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RegoEngine, type StandardDiagnostic, TemplateFile } from '@aws/cloudformation-validate';
import { pythonTool } from './python-tools.ts';

/** What cfn-lint finds. */
export interface CfnLintFinding {
  readonly code: string;
  readonly level: string;
  readonly line: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Match {
  readonly Filename: string;
  readonly Level: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: {
    readonly Path: readonly (string | number)[] | null;
    readonly Start: { readonly LineNumber: number };
  };
}

/** How many files cfn-lint is given at once: an exception in one of them costs the answer for all. */
const AT_ONCE = 20;

/** What cfn-lint finds in files of a folder, by their names; undefined of one at which it breaks off. */
export async function cfnLintFindings(
  folder: string,
  names: readonly string[],
  atOnce = AT_ONCE,
): Promise<ReadonlyMap<string, readonly CfnLintFinding[] | undefined>> {
  const tool = await pythonTool('cfn-lint', 'cfn-lint');
  const found = new Map<string, readonly CfnLintFinding[] | undefined>();
  for (let at = 0; at < names.length; at += atOnce) {
    const some = names.slice(at, at + atOnce);
    const matches = matchesIn(tool, folder, some);
    const apart = matches ? undefined : some.length > 1 && (await cfnLintFindings(folder, some, 1));
    for (const name of some) found.set(name, apart ? apart.get(name) : matches && findingsIn(matches, name));
  }
  return found;
}

function matchesIn(tool: string, folder: string, names: readonly string[]): readonly Match[] | undefined {
  const { stdout } = spawnSync(tool, ['--format', 'json', '--', ...names], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function findingsIn(matches: readonly Match[], name: string): readonly CfnLintFinding[] {
  return matches
    .filter(({ Filename }) => Filename === name)
    .map(({ Rule, Level, Location, Message }) => ({
      code: Rule.Id,
      level: Level,
      line: Location.Start.LineNumber,
      path: Location.Path ?? [],
      message: Message,
    }));
}

/** What AWS's own validator finds wrong in files of a folder, by their names. */
export function awsErrors(
  folder: string,
  names: readonly string[],
): ReadonlyMap<string, readonly StandardDiagnostic[]> {
  const engine = new RegoEngine();
  try {
    return new Map(
      names.map((name) => {
        const { diagnostics } = engine.validateStandard(new TemplateFile(join(folder, name)));
        return [name, diagnostics.filter(isError)];
      }),
    );
  } finally {
    engine.free();
  }
}

/** Whether AWS's own validator takes the template for wrong. */
export function isError({ severity }: StandardDiagnostic): boolean {
  return severity === 'ERROR' || severity === 'FATAL';
}
