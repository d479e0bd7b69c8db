import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { stackTemplate } from '../diff/stack-template.ts';
import { readTemplate } from '../document/read/read-template.ts';
import { readRelease, textOfFile } from '../publish/release-reader.ts';
import type { ListedRelease } from '../publish/releases/history.ts';
import { isOlder } from '../release/is-older.ts';
import { templatePath } from '../release/layout.ts';
import type { ReleasePlace } from './deploy-source.ts';

/** A stack, and the name of its template's file. */
export interface StackOfRelease {
  readonly name: string;
  readonly file: string;
}

/** Of more releases than that, the newest, the templates are not read. */
const MOST_READ = 100;

/**
 * Finds of which release a stack is that does not say it: of the newest whose template makes what the stack's does.
 * Several releases may make the same; a stack needs no update from one of them to another.
 * @param releases that may be it, the newest first
 * @returns undefined where the template is of none of them, such as one that somebody has changed
 * @throws Refusal PL8001, PL8004 where CloudFormation does not tell the template, and as `readRelease` does
 */
export async function deployedRelease(
  { name, file }: StackOfRelease,
  { target, readers }: ReleasePlace,
  releases: readonly ListedRelease[],
  place: AwsPlace,
): Promise<string | undefined> {
  const deployed = madeBy(await stackTemplate(name, place), name);
  const isTemplate = ({ path }: { readonly path: string }) => path === templatePath(file);
  const found = await inParallel(releases.slice(0, MOST_READ), AT_A_TIME, async ({ version }) => {
    const { files } = await readRelease(target, { pin: { version }, ...readers }, (all) =>
      all.files.filter(isTemplate),
    );
    const makesSame = files.some((one) => madeBy(textOfFile(one, DO_NOT_DEPLOY), one.url) === deployed);
    return makesSame ? [version] : [];
  });
  return found
    .flat()
    .reduce<string | undefined>((newest, one) => (newest && !isOlder(newest, one) ? newest : one), undefined);
}

const DO_NOT_DEPLOY = {
  unreadable: 'PL5010',
  hint: 'Nothing was changed. Tell the publisher: it is looked at to find out of which release the stacks are.',
};

/** What CloudFormation makes by a template. It may leave a stack with the outputs and texts of an older one: they change nothing. */
function madeBy(text: string, name: string): string {
  const { Resources, Conditions, Mappings } = (readTemplate(text, name).value ?? {}) as Record<string, unknown>;
  return JSON.stringify([Resources, Conditions, Mappings]);
}
