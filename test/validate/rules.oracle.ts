import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/validate/rules/index.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

/** Examples at which cfn-lint breaks off with an exception, and with it all others. */
const CRASHES = ['E4002 bad 0', 'W8001 bad 0'];

/** Bad examples in which cfn-lint does not find the rule's code, with the reason. */
const OURS_ALONE: Readonly<Record<string, string>> = {};

/** Good examples in which cfn-lint finds an error, with the reason. */
const THEIRS_ALONE: Readonly<Record<string, string>> = {};

interface Match {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
}

/** `E3002 bad 0`, with the text of the example. Rules of podlaunch's own have nothing to compare but their good ones. */
const examples: readonly (readonly [name: string, text: string])[] = RULES.flatMap(({ code, bad, good }) => [
  ...(code.startsWith('PL') ? [] : bad.map((text, index) => [`${code} bad ${index}`, text] as const)),
  ...good.map((text, index) => [`${code} good ${index}`, text] as const),
]).filter(([name]) => !CRASHES.includes(name));

/** What cfn-lint finds in each example. Within an output it says E6101 of every fault of a function. */
async function found(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-examples-'));
  try {
    for (const [name, text] of examples) writeFileSync(join(folder, `${name}.yaml`), text);
    const cfnLint = await pythonTool('cfn-lint', 'cfn-lint');
    const files = examples.map(([name]) => join(folder, `${name}.yaml`));
    const { stdout } = spawnSync(cfnLint, ['--format', 'json', '--', ...files], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const codes = new Map(examples.map(([name]) => [name, new Set<string>()]));
    for (const { Filename, Rule } of JSON.parse(stdout) as readonly Match[])
      codes.get(basename(Filename, '.yaml'))?.add(Rule.Id);
    return codes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasPython())('cfn-lint and the examples of the rules that share its ids', () => {
  test('it finds what the bad ones show, and no error in the good ones', { timeout: 900_000 }, async () => {
    const isFound = (codes: ReadonlySet<string>, code: string): boolean =>
      codes.has(code) || (code.startsWith('E10') && codes.has('E6101'));
    const unlike: string[] = [];
    for (const [name, codes] of await found()) {
      const [code = '', kind] = name.split(' ');
      if (kind === 'bad' && !isFound(codes, code)) unlike.push(name);
      if (kind === 'good' && [...codes].some((one) => one.startsWith('E') || one === code)) unlike.push(name);
    }
    expect(unlike.sort()).toEqual([...Object.keys(OURS_ALONE), ...Object.keys(THEIRS_ALONE)].sort());
  });
});
