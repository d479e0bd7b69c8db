import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generate } from '../../scripts/generate/resource-types.mjs';
import { hasPython } from '../support/python-tools.ts';

describe.skipIf(!hasPython())('resource types', () => {
  test("are what the generator makes of today's pinned registry schemas", () => {
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-types-'));
    try {
      generate(folder);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length).toBe(readdirSync('src/aws/generated', { recursive: true }).length - 1);
      for (const { parentPath, name } of files) {
        const committed = join('src/aws/generated', parentPath.slice(folder.length), name);
        expect(readFileSync(join(parentPath, name), 'utf8'), committed).toBe(readFileSync(committed, 'utf8'));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
