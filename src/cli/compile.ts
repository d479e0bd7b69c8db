import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { compile } from '../compile/compile.ts';
import { writeTemplates } from '../compile/write-templates.ts';
import { configWarnings } from '../config/warnings.ts';
import { sha256 } from '../files/sha256.ts';
import { configuredAssets } from '../pipelines/configured-assets.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Write the CloudFormation templates of the configuration, ready for aws cloudformation deploy')
    .option('--out <folder>', 'Folder to write to', 'dist')
    .addHelpText('after', examples('podlaunch compile', 'podlaunch compile --config staging.yaml --out build'))
    .action(async () => {
      const { config: file, out } = command.optsWithGlobals<GlobalOptions & { out: string }>();
      const config = await configuration(cli, file);
      const { assets } = configuredAssets(config, cli.io.cwd);
      const warnings = configWarnings(config);
      const templates = compile(config, assets);
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
    });
}
