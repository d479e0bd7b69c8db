import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cfnLint } from '../../../src/validate/engines/cfn-lint.ts';
import { hasPython, pythonTool } from '../../support/python-tools.ts';
import { ACCOUNTS, setFor, UNITS } from './sets.ts';

describe.skipIf(!hasPython())("a stack set's template", () => {
  test.each([UNITS, ACCOUNTS])('the living cfn-lint finds nothing for $kind, not even a warning', async (accounts) => {
    const env = { PATH: dirname(await pythonTool('cfn-lint', 'cfn-lint')) };
    expect(await cfnLint([setFor(accounts)], { env })).toEqual([]);
  });
});
