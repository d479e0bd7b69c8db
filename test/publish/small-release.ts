import { sha256 } from '../../src/files/sha256.ts';
import { makeRelease } from '../../src/release/make-release.ts';
import type { Release } from '../../src/release/release.ts';

/** A release of two templates and two scripts; `mark` makes one of other bytes. */
export function smallRelease(version: string, mark = ''): Release {
  const files = ['lifecycle-scripts/on_init_complete.sh', 'lifecycle-scripts/tool/main.py'].map((path) => {
    const bytes = new TextEncoder().encode(`#!/usr/bin/env bash\n# ${path} ${mark}\n`);
    return { path, bytes, sha256: sha256(bytes) };
  });
  const json = JSON.stringify({ schemaVersion: 1, files: files.map(({ path, sha256 }) => ({ path, sha256 })) });
  const templates = ['cluster', 'prerequisites'].map((stack) => ({
    file: `${stack}.yaml`,
    text: `Description: ${stack} ${mark}\nResources: {}\n`,
  }));
  return makeRelease(version, templates, { files, json, sha256: sha256(json) }, { project: { name: 'small' } });
}
