import { checkAssets } from '../assets/check-assets.ts';
import { checkSettings } from '../assets/settings-schema.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ConfiguredAssets } from './configured-assets.ts';
import { settingsDocument } from './settings-document.ts';

/** What is wrong with the scripts, and with the settings that the cluster stack will write for them. */
export async function checkScripts(
  { assets, folder }: ConfiguredAssets,
  templates: readonly CompiledTemplate[],
): Promise<readonly Diagnostic[]> {
  return [...checkAssets(assets, folder), ...(await checkSettings(assets, folder, settingsDocument(templates)))];
}
