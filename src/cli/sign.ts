import type { Command } from 'commander';
import { refuse } from '../diagnostics/refusal.ts';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { bucketOwner } from '../pipelines/readers.ts';
import { openSigner } from '../pipelines/signing-key.ts';
import { signPublished } from '../publish/sign-published.ts';
import { askPassphrase } from './ask-passphrase.ts';
import { atPlaces } from './at-places.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { regionsOption } from './publish-options.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly endpointUrl?: string;
  readonly expectedBucketOwner?: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Sign a release that is published already, with publish.signingKey of podlaunch.yaml')
    .argument('<version>', 'Version of the release')
    .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .addOption(regionsOption('Sign the release of a bucket in each'))
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--expected-bucket-owner <account>', 'Account that must own the bucket')
    .addHelpText('after', examples('podlaunch sign 1.4.0 --to s3://my-bucket/podlaunch --region us-west-2'))
    .action(async (version: string) => {
      const options = command.optsWithGlobals<Options>();
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
