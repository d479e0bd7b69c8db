import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cfnLint } from '../../../src/validate/engines/cfn-lint.ts';
import { hasPython, pythonTool } from '../../support/python-tools.ts';
import { catalogOf, offered } from './offered.ts';

describe.skipIf(!hasPython())("a catalogue's template", () => {
  test('the living cfn-lint finds nothing, not even a warning', async () => {
    const env = { PATH: dirname(await pythonTool('cfn-lint', 'cfn-lint')) };
    expect(await cfnLint([catalogOf(offered('1.1.0'), offered('1.0.0'))], { env })).toEqual([]);
  });
});
