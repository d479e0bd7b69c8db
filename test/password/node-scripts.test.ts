import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { obfuscatePassword } from '../../src/password/obfuscate.ts';
import { reveal } from './reveal.ts';

/** As test/lifecycle-scripts/test_obfuscate_vectors.py reads it. */
interface Vector {
  readonly password: string;
  readonly key: string;
  readonly iv: string;
  readonly token: string;
}

const { vectors } = JSON.parse(readFileSync('test/fixtures/obfuscated-passwords.json', 'utf8')) as {
  readonly vectors: readonly Vector[];
};
const passwords = vectors.map(({ password }) => password);

describe('the vectors that the node scripts are tested with', () => {
  test.each(vectors)('$password', ({ password, key, iv, token }) => {
    const given = [Buffer.from(key, 'hex'), Buffer.from(iv, 'hex')];
    const random = (size: number): Buffer => {
      const next = given.shift()!;
      expect(next).toHaveLength(size);
      return next;
    };
    expect(obfuscatePassword(password, random)).toBe(token);
    expect(reveal(token)).toBe(password);
  });

  test('every padding is among them', () => {
    const paddings = passwords.map((password) => 16 - ((Buffer.byteLength(password) + 1) % 16));
    expect([...new Set(paddings)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  });
});

describe('the node scripts themselves, with a new key each time', () => {
  /** Calls a function of podlaunch_node.steps.directory.obfuscate with each text; texts travel by pipe, as secrets do. */
  function python(name: 'obfuscate' | 'reveal', texts: readonly string[]): readonly string[] {
    const program = `import json, sys
sys.path.insert(0, "lifecycle-scripts")
from podlaunch_node.steps.directory.obfuscate import ${name}
print(json.dumps([${name}(text) for text in json.load(sys.stdin)]))`;
    const input = JSON.stringify(texts);
    return JSON.parse(execFileSync('python3', ['-IB', '-c', program], { input, encoding: 'utf8' })) as string[];
  }

  test('reveal what the command line obfuscates', () => {
    expect(
      python(
        'reveal',
        passwords.map((password) => obfuscatePassword(password)),
      ),
    ).toEqual(passwords);
  });

  test('obfuscate what SSSD reveals', () => {
    expect(python('obfuscate', passwords).map(reveal)).toEqual(passwords);
  });
});
