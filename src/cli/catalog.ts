import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFiles } from '../files/write-files.ts';
import { type CatalogOptions, makeCatalog } from '../pipelines/catalog.ts';
import { WHOLE_STACK_NAMES } from '../stacks/stack-name.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { wholeNumber } from './option-values.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions, Omit<CatalogOptions, 'cwd' | 'env'> {
  readonly out: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Write a CloudFormation template that offers the releases in AWS Service Catalog')
    .option('-o, --out <file>', 'File to write to', 'catalog.yaml')
    .option('--to <place>', 's3://BUCKET/PREFIX that releases are published to (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's, to look at the releases in")
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--newest <number>', 'How many releases at most; withdrawn ones are left out (default: 5)', wholeNumber)
    .addOption(new Option('--stack <name>', 'What is launched (default: launchpad)').choices(WHOLE_STACK_NAMES))
    .addHelpText(
      'after',
      examples(
        'podlaunch catalog --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch catalog --newest 1 --stack launchpad-trial --out trial.yaml',
      ),
    )
    .action(async () => {
      const { config: file, out, ...options } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { cwd, env } = cli.io;
      const display = progress(cli.io, 'Looking at the releases');
      const { versions, template } = await makeCatalog(config, { ...options, cwd, env }).finally(display.done);
      writeFiles([{ path: resolve(cwd, out), content: template.text }]);
      const stack = `${config.project.name}-catalog`;
      await cli.answer({
        json: () => ({ file: out, bytes: Buffer.byteLength(template.text), versions }),
        text: () =>
          `Wrote ${out}: ${versions.join(', ')}. Next: aws cloudformation deploy --stack-name ${stack} --template-file ${out} --capabilities CAPABILITY_IAM`,
      });
    });
}
