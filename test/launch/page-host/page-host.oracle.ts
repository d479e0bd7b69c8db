import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { describe, expect, test } from 'vitest';
import { pageHost } from '../../../src/launch/page-host/page-host.ts';
import { cfnLint } from '../../../src/validate/engines/cfn-lint.ts';
import { hasPython, pythonTool } from '../../support/python-tools.ts';

const template = pageHost('https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/', 'podlaunch');

describe.skipIf(!hasPython())('the template that serves a page', () => {
  test('the living cfn-lint finds nothing, not even a warning', async () => {
    const env = { PATH: dirname(await pythonTool('cfn-lint', 'cfn-lint')) };
    expect(await cfnLint([template], { env })).toEqual([]);
  });
});

test("AWS's own cloudformation-validate finds no error in it", () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-page-host-'));
  const engine = new RegoEngine();
  try {
    const path = join(folder, template.file);
    writeFileSync(path, template.text);
    const { diagnostics } = engine.validateStandard(new TemplateFile(path));
    expect(diagnostics.filter(({ severity }) => /error|fatal/i.test(String(severity)))).toEqual([]);
  } finally {
    engine.free();
    rmSync(folder, { recursive: true, force: true });
  }
});
