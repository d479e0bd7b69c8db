import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { type Launcher, RELEASES, startLauncher } from '../stacks/launcher.ts';
import { assetsOf } from '../support/assets.ts';
import { ACCOUNT } from '../support/ministack.ts';
import { type CliRun, type CliRunOptions, runCli } from '../support/run-cli.ts';

/** The node scripts of the release. */
export const FILES = { 'lib/join.py': 'print(1)\n', 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' };

/** An account in which a release can be deployed, and a folder in which podlaunch runs. */
export interface Released {
  readonly launcher: Launcher;
  readonly cwd: string;
  readonly version: string;
  /** Arguments that name the release, and more. */
  released(...argv: readonly string[]): readonly string[];
  /** Runs a command against the account, in the folder. */
  run(argv: readonly string[], options?: CliRunOptions): Promise<CliRun>;
  stop(): Promise<void>;
}

/** Publishes a release into an account of its own. @param textOf as of `Launcher.publish` */
export async function startReleased(textOf?: (template: CompiledTemplate) => string): Promise<Released> {
  const cwd = mkdtempSync(join(tmpdir(), 'podlaunch-deploy-'));
  const launcher = await startLauncher();
  const { prerequisites } = await launcher.publish(assetsOf(FILES), DEFAULTS, textOf);
  const version = /releases\/([^/]+)\//.exec((prerequisites.value as any).Parameters.ReleaseKeyPrefix.Default)![1]!;
  return {
    ...{ launcher, cwd, version },
    released: (...argv) => [
      ...['--version', version, '--to', `s3://${RELEASES.bucketName}/${RELEASES.prefix}`],
      ...['--bucket-region', RELEASES.bucketRegion, '--audience', `accounts:${ACCOUNT}`, ...argv],
    ],
    run: ([command = '', ...argv], options = {}) =>
      runCli([command, '--endpoint-url', launcher.url, ...argv], { cwd, ...options }),
    async stop() {
      rmSync(cwd, { recursive: true, force: true });
      await launcher.stop();
    },
  };
}

/** The events of a run with --json. */
export function eventsOf(out: string): readonly any[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
