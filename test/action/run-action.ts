import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAction, type Step } from './action-file.ts';

/** What a workflow gives the action, and where it runs. */
export interface ActionRun {
  /** The checked-out repository. */
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: string;
  /** The number of the pull request. */
  readonly number?: number;
  readonly apiUrl?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Runs the steps after one that failed too. Default: `false`, as GitHub. */
  readonly onAfterFaults?: boolean;
}

/** What a run left behind. */
export interface ActionResult {
  /** The steps that ran, the last of which may have failed. */
  readonly steps: readonly string[];
  readonly ok: boolean;
  /** All that its steps printed. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The token that GitHub makes for a run. */
export const TOKEN = 'ghs_0123456789abcdef';

/**
 * Runs action.yml as GitHub's runner does: each step is a script of its own with its expressions filled in, run by
 * `bash --noprofile --norc -eo pipefail FILE`, with the files that the environment names, and no step after one that fails:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const { action } = readAction();
  const temp = mkdtempSync(join(run.workspace, '.runner-'));
  const file = (name: string, text = '') => {
    writeFileSync(join(temp, name), text);
    return join(temp, name);
  };
  const summaries: string[] = [];
  const written: Record<string, string> = {};
  const steps: string[] = [];
  let log = '';
  let ok = true;
  mkdirSync(join(temp, 'temp'));
  for (const [index, step] of action.runs.steps.entries()) {
    const summary = file(`summary-${index}`);
    const output = file(`output-${index}`);
    const { code, text } = await runStep(
      step,
      file(`step-${index}.sh`, step.run.replace(/\$\{\{.*?\}\}/g, evaluate)),
      run.workspace,
      {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], ...run.env },
        ...{ GITHUB_ACTION_PATH: process.cwd(), GITHUB_WORKSPACE: run.workspace, RUNNER_TEMP: join(temp, 'temp') },
        ...{ GITHUB_EVENT_NAME: run.event, GITHUB_REPOSITORY: 'physics/cluster', GITHUB_API_URL: run.apiUrl },
        GITHUB_EVENT_PATH: file('event.json', JSON.stringify({ pull_request: { number: run.number } })),
        ...{ GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true', CI: 'true' },
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value)])),
      },
    );
    steps.push(step.name);
    log += text;
    summaries.push(readFileSync(summary, 'utf8'));
    for (const [name, value] of outputsIn(readFileSync(output, 'utf8')))
      written[`steps.${step.id}.outputs.${name}`] = value;
    ok &&= code === 0;
    if (!ok && !run.onAfterFaults) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value)]);
  return { steps, ok, log, summary: summaries.join(''), outputs: Object.fromEntries(outputs) };

  /** A value of action.yml: text, or one expression and nothing beside it. */
  function evaluate(value: string): string {
    const expression = /^\$\{\{ ([\w.-]+) \}\}$/.exec(value)?.[1];
    if (expression === undefined) return value;
    if (expression === 'github.token') return TOKEN;
    const input = /^inputs\.(.+)$/.exec(expression)?.[1];
    if (input === undefined) return written[expression] ?? '';
    return run.inputs?.[input] ?? evaluate(action.inputs[input]!.default);
  }
}

function runStep(
  step: Step,
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; text: string }> {
  const child = spawn(step.shell, ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    ...{ cwd, env, stdio: ['ignore', 'pipe', 'pipe'] as const },
  });
  let text = '';
  const add = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return new Promise((done) => child.on('close', (code) => done({ code: code ?? 1, text })));
}

/** What a step wrote to GITHUB_OUTPUT: NAME=VALUE, or NAME<<END with lines up to END. */
function outputsIn(text: string): readonly (readonly [string, string])[] {
  const found = text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm);
  return [...found].map(([, name, short, , long]) => [name!, short ?? long!]);
}
