import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BESIDE } from '../../src/validate/rules/base/examples.ts';
import { ALL_RULES } from '../../src/validate/rules/index.ts';
import { cfnLintFindings } from '../support/judges.ts';
import { hasPython } from '../support/python-tools.ts';

/** Examples at which cfn-lint breaks off with an exception, and with it all others. */
const CRASHES = ['E3001 bad 4', 'E4002 bad 0', 'W8001 bad 0'];

/** Bad examples in which cfn-lint does not find the rule's code, with the reason. */
const OURS_ALONE: Readonly<Record<string, string>> = {
  'E1011 bad 0': 'cfn-lint does not look the mapping up for a property that takes any text',
  'E1011 bad 1': 'the same',
  'E1011 bad 2': 'the same',
  'E1011 bad 5': 'cfn-lint does not ask for the macro',
  'E1032 bad 1': 'cfn-lint breaks off with E0001 at a loop of another form',
  'E1041 bad 2': 'cfn-lint leaves the types of parameters to W1030',
  'E1050 bad 2': 'cfn-lint takes a stage and an id together',
  'E1050 bad 5': 'cfn-lint takes a reference without its end for text',
  'E1103 bad 0': 'E3002 there',
  'E1701 bad 0': 'cfn-lint does not look into rules for functions that they do not have',
  'E1701 bad 1': 'the same',
  'E1702 bad 0': 'the same',
  'E2010 bad 0': 'cfn-lint counts to 200 of what is used',
  'E7010 bad 0': 'the same',
  'E3011 bad 0': 'E3001 there',
  'E3015 bad 1': 'E3001 there',
  'E3016 bad 1': 'cfn-lint does not read durations',
  'E3055 bad 1': 'the same',
  'E3055 bad 3': 'cfn-lint takes a CreationPolicy of any type',
  'E3023 bad 2': 'cfn-lint takes an address for a host name',
  'E3023 bad 4': 'cfn-lint does not ask for a TTL',
  'E3023 bad 5': 'cfn-lint does not know the list of types',
  'E3023 bad 6': 'cfn-lint does not ask for values',
  'E3025 bad 1': 'cfn-lint compares only where the licence is said too',
  'E3029 bad 1': 'cfn-lint looks for a TTL only',
  'E3040 bad 0': 'cfn-lint 1.58 has the check, but never finds anything with it',
  'E3041 bad 1': 'cfn-lint does not follow Ref of a zone',
  'E3051 bad 1': 'cfn-lint does not compare the version with the kind of document',
  'E3051 bad 2': 'cfn-lint does not look at steps',
  'E3051 bad 3': 'the same',
  'E3051 bad 4': 'the same',
  'E3601 bad 8': 'cfn-lint passes over text that is not JSON',
  'E3057 bad 1': 'cfn-lint looks at the default behaviour alone',
  'E3059 bad 1': 'cfn-lint does not take the default of a parameter for a block',
  'E3510 bad 2': 'W3037 there',
  'E3510 bad 7': 'cfn-lint does not look at the keys of conditions',
  'E3510 bad 8': 'cfn-lint does not look at the values of conditions',
  'E3510 bad 9': 'cfn-lint does not look at what Ref gives in policies',
  'E3512 bad 4': 'cfn-lint does not compare actions with the type of the resource',
  'E3512 bad 1': 'cfn-lint does not look at the names of services',
  'E3530 bad 1': 'cfn-lint does not look at the service of an action',
  'E3530 bad 2': 'cfn-lint does not compare actions with principals',
  'E3530 bad 4': 'cfn-lint does not know the kinds of principals',
  'E3711 bad 1': 'cfn-lint looks for GENEVE alone',
  'E3714 bad 0': 'cfn-lint does not look at the groups of interfaces',
  'E3678 bad 1': 'W2533 there, for the handler',
  'E3681 bad 0': 'cfn-lint breaks off with E1101',
  'E6102 bad 0': 'cfn-lint does not look at the letters',
  'E8001 bad 4': 'cfn-lint breaks off with E0002 at conditions that need each other',
  'I2003 bad 0': 'cfn-lint tries patterns by Python',
  'I2003 bad 1': 'the same',
  'W1053 bad 1': 'cfn-lint looks for a space before the word alone',
  'W2511 bad 1': 'cfn-lint does not look for variables',
  'W1019 bad 0': 'cfn-lint says nothing of this in outputs',
  'W1033 bad 0': 'cfn-lint does not follow Split of a default',
  'W1034 bad 0': 'cfn-lint does not follow mappings here',
};

/** Good examples in which cfn-lint finds an error, with the reason. */
const THEIRS_ALONE: Readonly<Record<string, string>> = {
  'E1001 good 1': 'Hooks is a section of a template',
  'E1051 good 2': 'what a mapping has is resolved where it is looked up',
  'E2002 good 1': 'cfn-lint takes the type for a list',
  'E3001 good 1': 'a macro may have keys of its own',
  'E3003 good 1': 'a resource that is never made needs nothing',
  'E3003 good 2': 'Fn::Transform may bring the property',
  'E3004 good 1': 'a macro may add and take away',
  'E3005 good 3': 'a macro may add and take away',
  'E3006 good 1': 'the type may be a private one',
  'E3051 good 2': 'only documents of steps have a schemaVersion',
  'E3601 good 0': 'cfn-lint tries the pattern on the reference itself',
  'W6001 good 0': 'cfn-lint looks for an import anywhere in the value',
  'E3615 good 0': 'CloudWatch has a period of 20 seconds',
};

/** `E3002 bad 0`, with the text of the example. Rules of podlaunch's own have nothing to compare but their good ones. */
const examples: readonly (readonly [name: string, text: string])[] = ALL_RULES.flatMap(({ code, bad, good }) => [
  ...(code.startsWith('PL') ? [] : bad.map((text, index) => [`${code} bad ${index}`, text] as const)),
  ...good.map((text, index) => [`${code} good ${index}`, text] as const),
]).filter(([name]) => !CRASHES.includes(name));

/** What cfn-lint finds in each example. Within an output it says E6101 of every fault of a function. */
async function found(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-examples-'));
  try {
    for (const [name, text] of Object.entries(BESIDE)) writeFileSync(join(folder, name), text);
    for (const [name, text] of examples) writeFileSync(join(folder, `${name}.yaml`), text);
    const files = examples.map(([name]) => `${name}.yaml`);
    const findings = await cfnLintFindings(folder, files, files.length);
    return new Map(examples.map(([name]) => [name, new Set(findings.get(`${name}.yaml`)!.map(({ code }) => code))]));
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
