import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { leadsTo, readPage } from '../launch/page/read-page.ts';
import { type PublishedPage, publishPage } from '../publish/publish-page.ts';
import { chooseTarget, type TargetOptions } from './choose-target.ts';

/** Which page is uploaded, and where; the options win over podlaunch.yaml. */
export interface PublishPageOptions extends TargetOptions {
  /** The folder that `page` has written. Default: `page`. */
  readonly folder?: string;
  /** Default: where the process runs. */
  readonly cwd?: string;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Uploads a launch page to a bucket where no release is: who can write a release must not write the page, and a release
 * has HTML and pictures that would be of the page's origin.
 * @throws Refusal PL5015 to PL5018, those of the target and of `publishPage`
 */
export async function publishMadePage(config: Config, options: PublishPageOptions): Promise<PublishedPage> {
  const { cwd = '.', env = process.env, folder = 'page' } = options;
  const to = options.to ?? config.page.to;
  const target = chooseTarget(config, { ...options, to: to ?? './' }, { cwd, env });
  if (target.kind === 'folder') {
    throw refuse({
      code: 'PL5017',
      message: 'A launch page is published to a bucket, and none is given.',
      hint: 'Say which: --to s3://my-page, or page.to in podlaunch.yaml. The folder itself can be copied to any web server.',
    });
  }
  const files = readPage(resolve(cwd, folder));
  if (leadsTo(files, target.bucket)) {
    throw refuse({
      code: 'PL5018',
      message: `The page's releases are in ${target.bucket} too: a page needs an origin of its own.`,
      hint: 'Publish it to another bucket, such as the one that the template of podlaunch page template makes.',
    });
  }
  return publishPage(target, files);
}
