import type { Command } from 'commander';
import { CERTIFICATE_FOLDER, type CertificateResult, createCertificate, DEFAULT_DAYS } from '../certificate/create.ts';
import { FILES } from '../certificate/folder.ts';
import { renewCertificate } from '../certificate/renew.ts';
import { chooseRegion } from '../cloud/region.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { wholeNumber } from './option-values.ts';
import { progress } from './progress.ts';

interface CreateOptions extends GlobalOptions {
  readonly name?: string;
  readonly days: number;
  readonly out: string;
  readonly import?: true;
  readonly region?: string;
}

interface RenewOptions extends GlobalOptions {
  readonly arn: string;
  readonly days: number;
  readonly out: string;
  readonly region?: string;
}

export function define(command: Command, cli: Cli): void {
  const { env, cwd } = cli.io;
  command.description('The certificate of the load balancer in front of the directory');

  command
    .command('create')
    .description('Make a small CA and a certificate under it; write both, with their keys (0600), to a folder')
    .option('--name <host>', 'Host that it is for (default: ldaps. and the domain of the configuration)')
    .option('--days <number>', 'Days that it is valid', wholeNumber, DEFAULT_DAYS)
    .option('--out <folder>', 'Folder to write to', CERTIFICATE_FOLDER)
    .option('--import', 'Import it to AWS Certificate Manager')
    .option(
      '--region <region>',
      'Region to import to (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .addHelpText(
      'after',
      examples(
        'podlaunch certificate create --name ldaps.hyperpod.abc123.com',
        'podlaunch certificate create --import --region us-west-2',
      ),
    )
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<CreateOptions>();
      const region = chooseRegion(options.region, env);
      const host = options.name ?? `ldaps.${(await configuration(cli, options.config)).directory.domain}`;
      const { days, out: folder } = options;
      const display = progress(cli.io, 'Making keys');
      const importing = options.import && { importTo: region };
      await show(await createCertificate({ host, days, folder, cwd, ...importing }).finally(display.done));
    });

  command
    .command('renew')
    .description('Issue a new certificate under the same CA, and import it to the same ARN; nodes need no change')
    .requiredOption('--arn <arn>', 'ARN of the certificate in AWS Certificate Manager')
    .option('--region <region>', "Region of the certificate (default: the ARN's)")
    .option('--days <number>', 'Days that it is valid', wholeNumber, DEFAULT_DAYS)
    .option('--out <folder>', 'Folder of the CA', CERTIFICATE_FOLDER)
    .addHelpText(
      'after',
      examples(
        'podlaunch certificate renew --arn arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
    )
    .action(async (_, self: Command) => {
      const { arn, days, out: folder, region } = self.optsWithGlobals<RenewOptions>();
      const display = progress(cli.io, 'Renewing');
      const given = region !== undefined && { region };
      await show(await renewCertificate({ arn, days, folder, cwd, ...given }).finally(display.done));
    });

  function show({ host, notAfter, folder, arn }: CertificateResult): Promise<void> {
    return cli.answer({
      json: () => ({ host, notAfter: notAfter.toISOString(), folder, files: FILES, arn }),
      text: () =>
        `Certificate for ${host} until ${notAfter.toISOString().slice(0, 10)}, in ${folder}/.\n` +
        `Keep ${folder}/${FILES.authorityKey}: with it certificates are renewed.\n` +
        (arn === undefined ? '' : `CertificateArn: ${arn}\n`),
    });
  }
}
