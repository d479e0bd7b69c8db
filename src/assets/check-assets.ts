import { join } from 'node:path';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import type { AssetFile, Assets } from './assets.ts';
import { ownLifecycleScripts } from './own-folder.ts';
import { LIFECYCLE_SCRIPTS } from './read-assets.ts';
import { checkBashSyntax, checkShebang, findWindowsLineEnds } from './scripts.ts';
import { findSecretFile, findSecrets } from './secrets.ts';
import { textLines } from './text-lines.ts';

/** Scripts that HyperPod calls: the cluster stack names the first; the second is for clusters that are set up by scripts alone. */
const ENTRY_POINT = 'on_init_complete.sh';
const ENTRY_POINTS: readonly string[] = [ENTRY_POINT, 'on_create.sh'];

const MIB = 1024 * 1024;
/** What the function that copies a release handles with ease in its time and memory. */
const LIMITS = { fileBytes: 20 * MIB, allBytes: 100 * MIB, files: 1000, pathBytes: 512 } as const;

/**
 * Checks what travels with the templates: entry points, line ends, syntax, secrets, sizes.
 * @param folder the folder that `readAssets` read; the findings name its files
 */
export function checkAssets(assets: Assets, folder: string = ownLifecycleScripts()): readonly Diagnostic[] {
  return [
    ...checkEntryPoint(assets, folder),
    ...checkLimits(assets, folder),
    ...assets.files.flatMap((asset) => checkFile(asset, join(folder, nameOf(asset)))),
  ];
}

function nameOf(asset: AssetFile): string {
  return asset.path.slice(LIFECYCLE_SCRIPTS.length + 1);
}

function checkFile(asset: AssetFile, file: string): readonly Diagnostic[] {
  const isEntryPoint = ENTRY_POINTS.includes(nameOf(asset));
  const lines = textLines(asset.bytes);
  if (!lines) return isEntryPoint ? checkShebang(file, ['']) : findSecretFile(file);
  return [
    ...findSecretFile(file),
    ...(isEntryPoint ? checkShebang(file, lines) : []),
    ...findWindowsLineEnds(file, lines),
    ...checkBashSyntax(file, asset, lines),
    ...findSecrets(file, lines),
  ];
}

function checkEntryPoint(assets: Assets, folder: string): readonly Diagnostic[] {
  if (assets.files.some((asset) => nameOf(asset) === ENTRY_POINT)) return [];
  const message = `${folder} has no ${ENTRY_POINT}, which every node runs when HyperPod has set it up.`;
  const hint = `Put your script there under this name, or leave lifecycleScripts out of podlaunch.yaml to publish podlaunch's own.`;
  return [error({ code: 'PL2010', message, hint })];
}

function checkLimits({ files }: Assets, folder: string): readonly Diagnostic[] {
  const found: string[] = [];
  for (const { path, bytes } of files) {
    if (Buffer.byteLength(path) > LIMITS.pathBytes)
      found.push(`${path} is longer than ${LIMITS.pathBytes} bytes as a path.`);
    if (bytes.length > LIMITS.fileBytes) found.push(`${path} is larger than ${LIMITS.fileBytes / MIB} MiB.`);
  }
  const all = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (all > LIMITS.allBytes)
    found.push(`The files in ${folder} are larger than ${LIMITS.allBytes / MIB} MiB together.`);
  if (files.length > LIMITS.files) found.push(`${folder} holds ${files.length} files, more than ${LIMITS.files}.`);
  const hint = 'Leave large things out of the release: a node can fetch them from a bucket or a package registry.';
  return found.map((message) => error({ code: 'PL2005', message, hint }));
}
