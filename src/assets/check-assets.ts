import { join } from 'node:path';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import type { AssetFile, Assets } from './assets.ts';
import { isChecked } from './checked-by-build.ts';
import { checkJsonSyntax } from './json-syntax.ts';
import { ownLifecycleScripts } from './own-folder.ts';
import { checkPythonSyntax } from './python-syntax.ts';
import { LIFECYCLE_SCRIPTS } from './read-assets.ts';
import { checkShebang, findWindowsLineEnds } from './scripts.ts';
import { findSecretFile, findSecrets } from './secrets.ts';
import { checkShellSyntax } from './shell-syntax.ts';
import { type SourceFile, textLines } from './text-lines.ts';

/**
 * Scripts that HyperPod calls. The first must be there: the cluster stack names it, whatever the configuration. The
 * second is for clusters that someone else makes with OnCreate: who has a folder of their own need not have it.
 */
const ENTRY_POINT = 'on_init_complete.sh';
const ENTRY_POINTS: readonly string[] = [ENTRY_POINT, 'on_create.sh'];

const MIB = 1024 * 1024;
/** What the function that copies a release handles with ease in its time and memory. */
const LIMITS = { fileBytes: 20 * MIB, allBytes: 100 * MIB, files: 1000, pathBytes: 512 } as const;

/**
 * Checks what travels with the templates: entry points, line ends, syntax, secrets, sizes. Syntax is asked of bash, sh
 * and python3, and of none of them where there is no script for it. A file that podlaunch's build has checked is as good
 * as checked.
 * @param folder the folder that `readAssets` read; the findings name its files
 */
export function checkAssets(assets: Assets, folder: string = ownLifecycleScripts()): readonly Diagnostic[] {
  const unknown = assets.files.filter((asset) => !isChecked(asset));
  const files = unknown.map((asset): SourceFile => {
    return { file: join(folder, nameOf(asset)), bytes: asset.bytes, lines: textLines(asset.bytes) };
  });
  const entryPoints = new Set(ENTRY_POINTS.map((name) => join(folder, name)));
  return [
    ...checkEntryPoint(assets, folder),
    ...checkLimits(assets, folder),
    ...files.flatMap((file) => checkFile(file, entryPoints.has(file.file))),
    ...checkShellSyntax(files),
    ...checkPythonSyntax(files),
  ];
}

function nameOf(asset: AssetFile): string {
  return asset.path.slice(LIFECYCLE_SCRIPTS.length + 1);
}

function checkFile(source: SourceFile, isEntryPoint: boolean): readonly Diagnostic[] {
  const { file, lines } = source;
  return [
    ...findSecretFile(file),
    ...(isEntryPoint ? checkShebang(file, lines ?? ['']) : []),
    ...(lines ? findWindowsLineEnds(file, lines) : []),
    ...checkJsonSyntax(source),
    ...(lines ? findSecrets(file, lines) : []),
  ];
}

function checkEntryPoint(assets: Assets, folder: string): readonly Diagnostic[] {
  if (assets.files.some((asset) => nameOf(asset) === ENTRY_POINT)) return [];
  const message = `${folder} has no ${ENTRY_POINT}, which every node runs when HyperPod has set it up.`;
  const hint = `Put your script there under this name, or leave lifecycleScripts out of the configuration to publish podlaunch's own.`;
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
  if (files.length > LIMITS.files) found.push(`${folder} contains ${files.length} files, more than ${LIMITS.files}.`);
  const hint = 'Leave large things out of the release: a node can fetch them from a bucket or a package registry.';
  return found.map((message) => error({ code: 'PL2005', message, hint }));
}
