import { checkAssets } from '../assets/check-assets.ts';
import { checkSettings } from '../assets/settings-schema.ts';
import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { exampleSettings } from '../stacks/example-settings.ts';
import type { ConfiguredAssets } from './configured-assets.ts';

/** What is wrong with the scripts, and with the settings that the cluster stack will write for them. */
export async function checkScripts(
  { assets, folder }: ConfiguredAssets,
  config: Config,
): Promise<readonly Diagnostic[]> {
  return [...checkAssets(assets, folder), ...(await checkSettings(assets, folder, exampleSettings(config)))];
}
