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

// in-toto's own types for Python.
const READ = `
import sys
from google.protobuf import json_format
from in_toto_attestation.v1 import statement, statement_pb2
message = json_format.Parse(sys.stdin.read(), statement_pb2.Statement())
statement.Statement.copy_from_pb(message).validate()
print(message.predicate_type, len(message.subject))
`;

/** A file of a small release, as text. */
function textOf(name: string): string {
  return new TextDecoder().decode(smallRelease('1.0.0').files.find(({ path }) => path === name)!.bytes);
}

/** Runs a program of Python on a text. */
async function python(program: string, input: string) {
  return spawnSync(await pythonTool('signatures', 'python'), ['-c', program], { input, encoding: 'utf8' });
}

test.skipIf(!hasPython())('the bill of materials is one by the schema of CycloneDX 1.6', async () => {
  const text = textOf('sbom.cdx.json');
  expect(await python(VALIDATE, text)).toMatchObject({ stdout: 'valid\n', status: 0 });
  for (const evil of [text.replace('"scope": "excluded"', '"scope": "nowhere"'), text.replace('urn:uuid:', 'urn:')])
    expect(await python(VALIDATE, evil)).toMatchObject({ stdout: expect.not.stringContaining('valid\n'), status: 0 });
});

test.skipIf(!hasPython())('the provenance is a statement by in-toto', async () => {
  const text = textOf('provenance.intoto.json');
  const subjects = smallRelease('1.0.0').files.length - 1;
  const stdout = `https://slsa.dev/provenance/v1 ${subjects}\n`;
  expect(await python(READ, text)).toMatchObject({ stdout, status: 0 });
  expect((await python(READ, text.replace('"_type"', '"_kind"'))).status).not.toBe(0);
});
