import { join, resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import type { Assets } from '../assets/assets.ts';
import { compile } from '../compile/compile.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import { writeTemplates } from '../compile/write-templates.ts';
import type { Config } from '../config/config.ts';
import { configWarnings } from '../config/warnings.ts';
import { sha256 } from '../files/sha256.ts';
import { configuredAssets } from '../pipelines/configured-assets.ts';
import { needsBucket, STACK_NAMES, type StackName } from '../stacks/stack-name.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Write the CloudFormation templates of the configuration, ready for aws cloudformation deploy')
    .addArgument(
      new Argument('[stacks...]', 'Only these (default: all that can be deployed without a bucket)').choices(
        STACK_NAMES,
      ),
    )
    .option('--out <folder>', 'Folder to write to', 'dist')
    .addHelpText(
      'after',
      examples(
        'podlaunch compile',
        'podlaunch compile --config staging.yaml --out build',
        'podlaunch compile launchpad --out to-read',
      ),
    )
    .action(async (stacks: readonly StackName[]) => {
      const { config: file, out } = command.optsWithGlobals<GlobalOptions & { out: string }>();
      const config = await configuration(cli, file);
      const { assets } = configuredAssets(config, cli.io.cwd);
      const warnings = configWarnings(config);
      const templates = await named(stacks, config, assets);
      writeTemplates(templates, assets, resolve(cli.io.cwd, out));
      const written = templates.map(({ stack, file: name, text }) => ({
        stack,
        file: join(out, name),
        bytes: Buffer.byteLength(text),
        sha256: sha256(text),
      }));
      await cli.answer({
        json: () => ({ templates: written }),
        text: () => written.map(({ file: path, bytes }) => `${path}  ${bytes} bytes`).join('\n'),
        diagnostics: warnings,
      });
      const large = templates.filter(({ stack }) => needsBucket(stack)).map(({ file: name }) => name);
      if (large.length > 0) cli.note(`${large.join(' and ')}: ${TO_READ}`);
    });
}

const TO_READ =
  'to read only. CloudFormation takes a template of this size from a bucket alone, and it needs its scripts beside it: podlaunch publish.';

/** The templates of these stacks. Those that are in releases only are loaded where they are named. */
async function named(
  stacks: readonly StackName[],
  config: Config,
  assets: Assets,
): Promise<readonly CompiledTemplate[]> {
  const isWanted = ({ stack }: CompiledTemplate) => stacks.length === 0 || stacks.includes(stack);
  if (!stacks.some(needsBucket)) return compile(config, assets).filter(isWanted);
  const { compileRelease } = await import('../compile/compile-release.ts');
  return (await compileRelease(config, assets)).filter(isWanted);
}
