import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { readTemplate } from '../document/read/read-template.ts';
import type { LinkTemplate } from '../launch/make-links.ts';
import type { Readers } from '../publish/audience/open-reader.ts';
import { bytesOfFile, type Pin, type ReadFile, readRelease, textOfFile } from '../publish/release-reader.ts';
import { minimumWarnings } from '../publish/releases/update-path.ts';
import { withdrawnWarnings } from '../publish/releases/withdrawn.ts';
import { templatePath } from '../release/layout.ts';
import type { Manifest, ManifestFile } from '../release/manifest.ts';
import type { S3Target } from '../release/target.ts';
import { STACK_NAMES, type StackName, templateFile } from '../stacks/stack-name.ts';

/** Which release links are to lead to, and who reads it. */
export interface WantedRelease extends Readers {
  readonly pin: Pin;
  /** The stacks whose templates are wanted; all that the release has when left out. */
  readonly stacks?: readonly StackName[];
  /** Paths of other files that are read where the release has them. */
  readonly others?: readonly string[];
  /** Whether stacks that are there are to be updated to it. Default: `false`. */
  readonly update?: boolean;
}

/** A release as it was found where it is published. */
export interface FoundRelease {
  readonly version: string;
  readonly manifestSha256: string;
  readonly templates: readonly FoundTemplate[];
  /** The other files that were wanted and are in it, by path. */
  readonly others: ReadonlyMap<string, Uint8Array>;
  /** That it was withdrawn, or does not take an update from every release. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A template of a release, with its hash in the manifest, which it has. */
export interface FoundTemplate extends LinkTemplate {
  readonly sha256: string;
}

/**
 * Looks at a release where links will lead: the channel's hash of the manifest, the manifest's of the templates.
 * @throws Refusal PL5011 for a stack that the release does not have, PL4021 for a template that is not what the manifest says, and those of `readRelease`
 */
export async function findRelease(
  target: S3Target,
  { stacks, others: paths = [], update = false, ...wanted }: WantedRelease,
): Promise<FoundRelease> {
  const isOther = ({ path }: { readonly path: string }) => paths.includes(path);
  const release = await readRelease(target, wanted, (found) => [
    ...templatesIn(found, stacks),
    ...found.files.filter(isOther),
  ]);
  const { manifest, manifestSha256, files } = release;
  const hashes = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  const templates = files.filter((file) => !isOther(file)).map((file) => foundTemplate(file, hashes.get(file.path)!));
  const others = new Map(files.filter(isOther).map((file) => [file.path, bytesOfFile(file, DO_NOT_HAND_OUT)]));
  const { listed, unlisted } = release;
  const diagnostics = [...withdrawnWarnings(listed), ...unlisted, ...(update ? minimumWarnings(listed) : [])];
  return { version: manifest.version, manifestSha256, templates, others, diagnostics };
}

const DO_NOT_HAND_OUT = {
  unreadable: 'PL5010',
  hint: 'Do not hand out links to it. Publish the release again from its source, under another version if files have changed.',
};

/** The templates of a release's stacks, in the order in which they are launched. */
function templatesIn({ version, files }: Manifest, wanted: readonly StackName[] = []): readonly ManifestFile[] {
  const of = (stack: StackName) => files.filter(({ path }) => path === templatePath(templateFile(stack)));
  const has = (stack: StackName) => of(stack).length > 0;
  const missing = wanted.filter((stack) => !has(stack));
  if (missing.length === 0)
    return STACK_NAMES.filter((stack) => wanted.length === 0 || wanted.includes(stack)).flatMap(of);
  const hint = `It has: ${STACK_NAMES.filter(has).join(', ') || 'none'}.`;
  throw refuse({ code: 'PL5011', message: `Release ${version} has no template of ${missing.join(', ')}.`, hint });
}

function foundTemplate(found: ReadFile, sha256: string): FoundTemplate {
  const text = textOfFile(found, DO_NOT_HAND_OUT);
  const stack = STACK_NAMES.find((name) => templatePath(templateFile(name)) === found.path)!;
  const file = templateFile(stack);
  return {
    stack,
    file,
    sha256,
    get value() {
      return readTemplate(text, file).value;
    },
  };
}
