import type { Command } from 'commander';
import { refuse } from '../diagnostics/refusal.ts';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { bucketOwner } from '../pipelines/readers.ts';
import { openSigner } from '../pipelines/signing-key.ts';
import { signPublished } from '../publish/sign-published.ts';
import { askPassphrase } from './ask-passphrase.ts';
import { atPlaces } from './at-places.ts';
import type { Cli } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addChangeOptions, type PublishedOptions } from './publish-options.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Sign a release that is published already, with publish.signingKey of podlaunch.yaml')
    .argument('<version>', 'Version of the release');
  addChangeOptions(command, 'Sign the release of a bucket in each')
    .addHelpText('after', examples('podlaunch sign 1.4.0 --to s3://my-bucket/podlaunch --region us-west-2'))
    .action(async (version: string) => {
      const options = command.optsWithGlobals<PublishedOptions>();
      const config = await configuration(cli, options.config);
      const { cwd, env } = cli.io;
      const places = choosePlaces(config, options, cli.io);
      const signer = await openSigner(config, { cwd, env, ...askPassphrase(cli) });
      if (!signer) throw noKey();
      await atPlaces(cli, places, {
        did: 'Signed',
        display: progress(cli.io, 'Reading the release'),
        act: (target) => signPublished(version, target, signer, bucketOwner(config, options)),
        answer: (signed) => ({
          json: () => signed,
          text: () => `Release ${version} is signed by the key ${signed.keyId}`,
        }),
      }).finally(signer.close);
    });
}

function noKey(): Error {
  return refuse({
    code: 'PL7101',
    message: 'podlaunch.yaml names no key to sign with.',
    hint: 'Make one: openssl genpkey -algorithm ed25519 -aes256 -out release-key.pem. Then say publish.signingKey: ./release-key.pem.',
  });
}
