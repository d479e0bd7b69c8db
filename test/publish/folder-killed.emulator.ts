import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/files/sha256.ts';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { buildPublisher } from './build-publisher.ts';
import { smallRelease } from './small-release.ts';

const OLD = smallRelease('1.0.0', 'old');
const NEW = smallRelease('2.0.0', 'new');

let root: string;
let program: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'podlaunch-killed-'));
  program = await buildPublisher(root);
});
afterAll(() => rmSync(root, { recursive: true }));

/** Reads what the channel points at, and proves every file of it. Gives the version. */
function whatIsPublished(folder: string): string {
  const channel = JSON.parse(readFileSync(join(folder, 'channels/latest.json'), 'utf8'));
  const release = [OLD, NEW].find(({ manifest }) => manifest.sha256 === channel.manifestSha256)!;
  for (const file of [release.manifest, ...release.files]) {
    expect(sha256(readFileSync(join(folder, 'releases', release.version, file.path))), file.path).toBe(file.sha256);
  }
  return channel.version;
}

test('a process that writes to a folder is killed with SIGKILL at some moment: no release is half, and a second run completes', async () => {
  const ends = new Set<string>();
  for (let moment = 0; moment < 24; moment++) {
    const folder = join(root, `out-${moment}`);
    await publishRelease(OLD, { kind: 'folder', folder });
    const child = spawn(process.execPath, [program, folder, NEW.version, 'new'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), exit]); // it has planned
    await new Promise((done) => setTimeout(done, moment));
    child.kill('SIGKILL');
    await exit;
    ends.add(whatIsPublished(folder));
    await publishRelease(NEW, { kind: 'folder', folder });
    expect(whatIsPublished(folder)).toBe('2.0.0');
  }
  expect(ends).toContain('1.0.0');
});
