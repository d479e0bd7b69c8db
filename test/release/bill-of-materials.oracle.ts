import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { smallRelease } from '../publish/small-release.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

// CycloneDX's own library for Python, with the schema of the specification.
const VALIDATE = `
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read())
print(fault.data.message if fault else "valid")
`;

test.skipIf(!hasPython())('the bill of materials is one by the schema of CycloneDX 1.6', async () => {
  const python = await pythonTool('signatures', 'python');
  const validate = (input: string) => spawnSync(python, ['-c', VALIDATE], { input, encoding: 'utf8' });
  const bill = smallRelease('1.0.0').files.find(({ path }) => path === 'sbom.cdx.json')!;
  const text = new TextDecoder().decode(bill.bytes);
  expect(validate(text)).toMatchObject({ stdout: 'valid\n', status: 0 });
  const evil = text.replace('"scope": "excluded"', '"scope": "nowhere"');
  expect(validate(evil).stdout).not.toContain('valid\n');
  expect(validate(text.replace('urn:uuid:', 'urn:')).stdout).not.toBe('valid\n');
});
