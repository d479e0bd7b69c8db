import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/files/sha256.ts';
import { readAssetList } from '../../src/functions/lib/asset-list.ts';
import { Fault } from '../../src/functions/lib/fault.ts';

function read(list: object, expected?: string) {
  const bytes = new TextEncoder().encode(JSON.stringify(list));
  return readAssetList(bytes, expected ?? sha256(bytes), 's3://releases/assets.json');
}

function listOf(path: unknown) {
  return { schemaVersion: 1, files: [{ path, sha256: 'a'.repeat(64), size: 1 }] };
}

describe('assets.json', () => {
  test.each(['a.sh', 'lifecycle-scripts/a b.py', '..a/b..', '.profile', 'é'])(
    'a path within the release: %j',
    (path) => {
      expect(read(listOf(path)).map((file) => file.path)).toEqual([path]);
    },
  );

  const BAD = [
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/../b',
    'a/..',
    './a',
    'a\\b',
    'a\0',
    'a\nb',
    'a\x7f',
    7,
    null,
  ];
  test.each(BAD)('a path that leads out of it, or is none: %j', (path) => {
    expect(() => read(listOf(path))).toThrow(Fault);
  });

  test('another list than the template names, or one of another version', () => {
    expect(() => read(listOf('a'), 'b'.repeat(64))).toThrow('s3://releases/assets.json');
    expect(() => read({ ...listOf('a'), schemaVersion: 2 })).toThrow('version 2');
  });
});
