import { resolve } from 'node:path';
import type { Assets } from '../assets/assets.ts';
import { checkAssets } from '../assets/check-assets.ts';
import { ownLifecycleScripts } from '../assets/own-folder.ts';
import { checkSettings } from '../assets/settings-schema.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { settingsDocument } from './settings-document.ts';

/** The folder of the scripts that a configuration publishes; paths in it are relative to `cwd`. */
export function scriptsFolder({ lifecycleScripts }: Config, cwd: string): string {
  return lifecycleScripts === undefined ? ownLifecycleScripts() : resolve(cwd, lifecycleScripts);
}

/** What is wrong with the scripts, and with the settings that the cluster stack will write for them. */
export async function checkScripts(
  assets: Assets,
  folder: string,
  templates: readonly CompiledTemplate[],
): Promise<readonly Diagnostic[]> {
  return [...checkAssets(assets, folder), ...(await checkSettings(assets, folder, settingsDocument(templates)))];
}
