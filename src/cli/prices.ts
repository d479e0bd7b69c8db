import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeFiles } from '../files/write-files.ts';
import { makePriceFile } from '../launch/prices/make-price-file.ts';
import { readPriceList } from '../launch/prices/read-price-list.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';
import { readBytes } from './read-file-or-stdin.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description("Make a price file, for estimates, of AWS's public price lists that you have downloaded")
    .argument('<list...>', 'Price list of a service and region, as JSON')
    .option('-o, --out <file>', 'File to write to', 'prices.json')
    .addHelpText('after', examples('podlaunch prices sagemaker-us-west-2.json fsx-us-west-2.json'))
    .action(async (names: readonly string[]) => {
      const { out } = command.optsWithGlobals<GlobalOptions & { out: string }>();
      const { cwd } = cli.io;
      const lists = names.map((name) => readPriceList(readBytes(resolve(cwd, name), name), name));
      const { file, ambiguous } = makePriceFile(lists);
      writeFiles([{ path: resolve(cwd, out), content: `${JSON.stringify(file, null, 2)}\n` }]);
      const regions = Object.entries(file.regions).map(([region, { instances, lustre }]) => ({
        region,
        instances: Object.keys(instances).length,
        lustre: Object.keys(lustre).length,
      }));
      if (ambiguous.length > 0) cli.note(`Left out, because the lists give several prices: ${ambiguous.join(', ')}.`);
      await cli.answer({
        json: () => ({ file: out, sources: file.sources, regions, ambiguous }),
        text: () =>
          [
            `Wrote ${out}.`,
            ...regions.map(
              ({ region, instances, lustre }) =>
                `${region}: ${instances} instance types, ${lustre} kinds of file system`,
            ),
          ].join('\n'),
      });
    });
}
