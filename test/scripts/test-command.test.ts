import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const SCRIPTS = new URL('../../scripts/', import.meta.url);
const SCRIPT = new URL('test.mjs', SCRIPTS).pathname;

let bin: string;
beforeEach(() => {
  bin = realpathSync(mkdtempSync(join(tmpdir(), 'podlaunch-bin-')));
});
afterEach(() => rmSync(bin, { recursive: true }));

function program(name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}`);
  chmodSync(join(bin, name), 0o755);
}

function environment(ci: string): NodeJS.ProcessEnv {
  return { ...process.env, CI: ci, PATH: `${bin}${delimiter}${process.env['PATH']}` };
}

function npmTest(stages: string[], ci = ''): { status: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, ...stages], {
    encoding: 'utf8',
    env: environment(ci),
  });
  return { status, lines: stdout.trim().split('\n') };
}

/** Runs code that has imported these modules of scripts/test in a process of its own; what it prints as JSON last. */
function evaluate<T>(code: string): T {
  const imports = `
    const { run, command } = await import('${new URL('test/command.mjs', SCRIPTS)}');
    const { vitest } = await import('${new URL('test/vitest.mjs', SCRIPTS)}');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${imports}${code}`], {
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1);
  if (!last) throw new Error(stderr);
  return JSON.parse(last);
}

describe('npm test where no lab can be', () => {
  beforeEach(() => program('id', 'echo 1000\n'));

  it('says why in one line, and goes on', () => {
    const { status, lines } = npmTest(['lab']);
    expect(lines.filter((line) => line.startsWith('Skipped: The lab needs root'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('0 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('fails in CI, where nothing may be skipped', () => {
    const { status, lines } = npmTest(['lab'], 'true');
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  });
});

describe('a check of the lab that fails', () => {
  /** Plays the lab: what the whole run prints, and what the run of one check prints. */
  const lab = (whole: string, alone: string) =>
    program(
      'bash',
      `case "$1 $#" in
        *can-run*) exit 0 ;;
        *" 1") printf '${whole}' ;;
        *) echo "alone: $2"; printf '${alone}' ;;
      esac\n`,
    );
  const FAILS = 'FAILED checks/test_people.py::test_sudo[bob] - too slow\\n7 passed, 1 failed\\n';

  it('is run once more alone, and named as flaky if it passes then', () => {
    lab(FAILS, '1 passed, 0 failed\\n');
    const { status, lines } = npmTest(['lab'], 'true');
    expect(lines).toContain('alone: checks/test_people.py::test_sudo[bob]');
    expect(lines.slice(-3)).toEqual([
      'flaky: checks/test_people.py::test_sudo[bob] - too slow',
      '',
      '8 passed, 0 failed',
    ]);
    expect(status).toBe(0);
  });

  it('fails if it fails twice', () => {
    lab(FAILS, FAILS);
    const { status, lines } = npmTest(['lab'], 'true');
    expect(lines.slice(-3)).toEqual([
      'FAILED checks/test_people.py::test_sudo[bob] - too slow',
      '',
      '7 passed, 1 failed',
    ]);
    expect(status).toBe(1);
  });

  it('fails if no check ran the second time', () => {
    lab(FAILS, '0 passed, 0 failed\\n');
    expect(npmTest(['lab']).lines.at(-1)).toBe('7 passed, 1 failed');
  });

  it('is not run again when many fail', () => {
    const many = [1, 2, 3, 4, 5, 6].map((n) => `FAILED checks/test_people.py::test_${n} - no\\n`).join('');
    lab(`${many}1 passed, 6 failed\\n`, '1 passed, 0 failed\\n');
    const { lines } = npmTest(['lab']);
    expect(lines.join('\n')).not.toContain('alone:');
    expect(lines.at(-1)).toBe('1 passed, 6 failed');
  });
});

describe('a rehearsal that fails', () => {
  const FAILS = 'FAILED rehearsal - while: a job runs: TimeoutError: no\\n3 passed, 1 failed\\n';
  /** Plays the rehearsal: what the first run prints, and what the second does. */
  const rehearsal = (first: string, second: string) =>
    program(
      'bash',
      `case "$1" in
        *can-run*) exit 0 ;;
        *) if [ -e ${bin}/ran ]; then printf '${second}'; else touch ${bin}/ran; printf '${first}'; fi ;;
      esac\n`,
    );

  it('is run once more, and named as flaky if it passes then', () => {
    rehearsal(FAILS, '9 passed, 0 failed\\n');
    const { status, lines } = npmTest(['rehearsal'], 'true');
    expect(lines.slice(-3)).toEqual([
      'flaky: rehearsal - while: a job runs: TimeoutError: no',
      '',
      '9 passed, 0 failed',
    ]);
    expect(status).toBe(0);
  });

  it('fails if it fails twice', () => {
    rehearsal(FAILS, FAILS);
    const { status, lines } = npmTest(['rehearsal'], 'true');
    expect(lines.at(-1)).toBe('3 passed, 1 failed');
    expect(status).toBe(1);
  });
});

describe('what waits more than it works', () => {
  const untilThereIs = (file: string) =>
    `for i in $(seq 600); do [ -e ${bin}/${file} ] && break; sleep 0.1; done; [ -e ${bin}/${file} ] || exit 1`;

  it('runs beside what works, after the build; each line says whose it is', () => {
    program('npm', `[ ! -e ${bin}/lab ] && touch ${bin}/build\n`);
    program('npx', `${untilThereIs('lab')}; touch ${bin}/format; printf 'two\\nlines'\n`);
    program(
      'bash',
      `case "$1" in
        *can-run*) [ -e ${bin}/build ] ;;
        *) touch ${bin}/lab; ${untilThereIs('format')}; printf '3 passed, 0 failed\\n' ;;
      esac\n`,
    );
    const { status, lines } = npmTest(['build', 'format', 'lab'], 'true');
    expect(lines).toEqual(
      expect.arrayContaining(['format | two', 'format | lines', 'lab | 3 passed, 0 failed', '== build', '== lab']),
    );
    expect(lines.at(-1)).toBe('5 passed, 0 failed');
    expect(status).toBe(0);
  });
});

describe('a test file that vitest runs again', () => {
  const files = (text: string) => {
    const config = `export default { test: { projects: [{ test: { name: 'emulators', globals: true } }] } };\n`;
    writeFileSync(join(bin, 'vitest.config.mjs'), config);
    writeFileSync(join(bin, 'one.test.mjs'), text);
    writeFileSync(join(bin, 'two.test.mjs'), `test('well', () => {});\n`);
    return evaluate<object>(
      `console.log(JSON.stringify(await vitest('emulators', { again: true, cwd: ${JSON.stringify(bin)} })));`,
    );
  };

  it('is flaky where it passes the second time', () => {
    const once = `import { existsSync, writeFileSync } from 'node:fs';
      test('shaky', () => {
        const before = existsSync('${bin}/ran');
        writeFileSync('${bin}/ran', '');
        if (!before) throw new Error('not yet');
      });\n`;
    expect(files(once)).toEqual({
      passed: 2,
      failed: 0,
      skipped: 0,
      failures: [],
      flaky: ['flaky: one.test.mjs > shaky - Error: not yet'],
    });
  });

  it('fails where it fails twice', () => {
    expect(files(`test('bad', () => { throw new Error('never'); });\n`)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ['FAILED one.test.mjs > bad - Error: never'],
      flaky: [],
    });
  });

  it('fails where it cannot be loaded', () => {
    expect(files(`throw new Error('no');\n`)).toMatchObject({ passed: 1, failed: 1, flaky: [] });
  });
});

/** Whether a process runs; a dead one that nobody has waited for does not. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}

describe('a command', () => {
  it('is ended with its children when it makes no progress', async () => {
    program('hangs', 'echo started; sleep 600 & echo $!; wait\n');
    const { ended, child } = evaluate<{ ended: { stalled: boolean; code: number }; child: number }>(`
      const ended = await run('${bin}/hangs', [], { quiet: true, patience: 500 });
      console.log(JSON.stringify({ ended, child: Number(ended.output.split('\\n')[1]) }));`);
    expect(ended).toMatchObject({ stalled: true });
    expect(ended.code).not.toBe(0);
    await vi.waitFor(() => expect(isRunning(child)).toBe(false), { timeout: 60_000 });
  });

  it('may take longer than that if it goes on', () => {
    program('slow', 'for i in 1 2 3 4; do echo $i; sleep 0.5; done\n');
    expect(evaluate(`console.log(JSON.stringify(await run('${bin}/slow', [], { quiet: true, patience: 1500 })));`)) //
      .toEqual({ code: 0, output: '1\n2\n3\n4\n', stalled: false });
  });

  it('that is not there is a failure, not an exception', () => {
    expect(evaluate(`console.log(JSON.stringify(await command('${bin}/nothing', [])));`)).toMatchObject({ failed: 1 });
  });

  it('ends with npm test when that is interrupted, and no stage comes after it, nor before all have tidied up', async () => {
    program(
      'bash',
      `case "$1" in *can-run*) ;; *) trap 'kill $!; sleep 1; touch ${bin}/tidy; exit 1' INT; echo running; sleep 600 & wait ;; esac\n`,
    );
    program('npx', 'exec sleep 600\n');
    const child = spawn(process.execPath, [SCRIPT, 'format', 'lab'], {
      env: environment(''),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    const code = await new Promise((resolve) => {
      child.stdout.on('data', (data) => {
        printed += data;
        if (printed.includes('running')) child.kill('SIGINT');
      });
      child.on('close', resolve);
    });
    expect(code).toBe(130);
    expect(printed).not.toContain('failed');
    expect(existsSync(join(bin, 'tidy'))).toBe(true);
  });
});

describe('npm test', () => {
  it('says what it runs and how long that takes', () => {
    program('id', 'echo 1000\n');
    const { lines } = npmTest(['lab']);
    expect(lines.slice(0, 2)).toEqual([
      'About 20 minutes on a quiet machine with two processors:',
      '  lab         20 min  a real directory and real nodes; needs root',
    ]);
  });

  it('refuses a stage that there is not', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, 'units'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('No such stage: units. There are: build, format,');
  });
});
