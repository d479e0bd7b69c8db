import { execFile, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const environments = new Map<string, Promise<string>>();
let python: boolean | undefined;

/**
 * Whether python3 is there, for `describe.skipIf(!hasPython())`. Without it the tests that need Python tools are
 * skipped with one line that says so; in CI (CI=true) nothing may be skipped, so there it throws.
 */
export function hasPython(): boolean {
  if (python !== undefined) return python;
  python = spawnSync('python3', ['-c', 'import venv, ensurepip, fcntl']).status === 0;
  if (python) return true;
  const line = 'python3 with its venv module is missing: tests that need moto, cfn-lint or the AWS CLI are skipped.';
  if (process.env['CI']) throw new Error(line);
  console.warn(line);
  return false;
}

/**
 * The absolute path of an executable from the pinned requirements in `requirements/NAME.txt`:
 * `pythonTool('moto', 'moto_server')`. The virtual environment is in the user's cache folder and is made on the
 * first call (it needs PyPI then). Throws with pip's own words when it cannot be made.
 */
export async function pythonTool(name: string, executable: string): Promise<string> {
  let environment = environments.get(name);
  if (!environment) {
    environment = makeEnvironment(name);
    environments.set(name, environment);
  }
  return join(await environment, 'bin', executable);
}

async function makeEnvironment(name: string): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'podlaunch');
  const requirements = join(here, 'requirements', `${name}.txt`);
  const { stdout } = await run('python3', [join(here, 'make-venv.py'), name, requirements, cache]);
  return stdout.trim();
}
