import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../scripts/bundle.mjs';

/** The command line bundled as it is shipped, in a folder of its own. */
export interface BundledCli {
  readonly folder: string;
  /** The file that Node.js runs. */
  readonly file: string;
  remove(): void;
}

/** Bundles the command line, for tests that run it as a process. */
export async function bundleCli(): Promise<BundledCli> {
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.podlaunch-cli-'));
  await bundle(process.cwd(), folder);
  cpSync('src/aws/generated/schemas', join(folder, 'schemas'), { recursive: true });
  return { folder, file: join(folder, 'cli.cjs'), remove: () => rmSync(folder, { recursive: true }) };
}
