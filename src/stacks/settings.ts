import type { Config } from '../config/config.ts';
import { NODE_PARAMETERS } from '../config/generated/node-parameters.ts';
import type { ReleaseLocation } from './release-location.ts';

/** All that parts are made of. Each part says what of it it takes. */
export interface Settings extends Config {
  /** What is copied to the nodes' bucket; its hash is in the templates. */
  readonly assets: { readonly sha256: string };
  /** Where the release will be; without it nothing is copied, and an output says what to run instead. */
  readonly location: ReleaseLocation | undefined;
  /** What the form says of each node setting that a launcher may choose. */
  readonly nodeParameters: typeof NODE_PARAMETERS;
}

/** What parts are made of: podlaunch.yaml, complete, what travels with the templates, and where they will be. */
export function settingsOf(
  config: Config,
  assets: Settings['assets'],
  location: ReleaseLocation | undefined,
): Settings {
  return { ...config, assets, location, nodeParameters: NODE_PARAMETERS };
}
