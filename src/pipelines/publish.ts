import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type PublishOptions, type PublishResult, publishRelease } from '../publish/publish-release.ts';
import type { Target } from '../release/target.ts';
import { chooseTarget, type TargetOptions } from './choose-target.ts';
import { type PreparedRelease, prepareRelease } from './prepare-release.ts';
import { openSigner } from './signing-key.ts';

/** How to publish; what is left out comes from the configuration. */
export interface PublishSettings extends TargetOptions, PublishOptions {
  readonly version?: string;
  /** Is asked for the passphrase of a locked signing key where PODLAUNCH_SIGNING_PASSPHRASE says none. */
  readonly passphrase?: (file: string) => Promise<string>;
  /** Folder that paths are relative to. Default: the process's own. */
  readonly cwd?: string;
  /** Environment that AWS_REGION and the like are read from. Default: the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A release, where it was published, and what was done there. */
export interface Published extends PublishResult, Pick<PreparedRelease, 'release' | 'templates'> {
  readonly target: Target;
  /** What was found that did not stop it. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a release of the configuration in memory, checks it, and publishes it. Reads nothing of dist/.
 * @throws Refusal with everything that was found, or the reason why the release could not be published
 */
export async function publish(config: Config, settings: PublishSettings = {}): Promise<Published> {
  const { cwd = process.cwd(), env = process.env } = settings;
  const target = chooseTarget(config, settings, { cwd, env });
  const prepared = await prepareRelease(config, {
    ...settings,
    cwd,
    ...(target.kind === 's3' && {
      home: { bucketName: target.bucket, bucketRegion: target.region, prefix: target.prefix },
    }),
  });
  const { release, templates } = prepared;
  const passphrase = settings.passphrase && { passphrase: settings.passphrase };
  const signer = settings.dryRun ? undefined : await openSigner(config, { cwd, env, ...passphrase });
  const { minimumFrom } = config.release;
  const from = minimumFrom !== undefined && { minimumFrom };
  const options = { ...config.publish, ...from, ...settings, ...(signer && { signer }) };
  const result = await publishRelease(release, target, options).finally(() => signer?.close());
  return { ...result, release, templates, target, diagnostics: [...prepared.diagnostics, ...result.diagnostics] };
}
