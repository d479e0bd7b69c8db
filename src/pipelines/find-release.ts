import { refuse } from '../diagnostics/refusal.ts';
import { readTemplate } from '../document/read/read-template.ts';
import { sha256 } from '../files/sha256.ts';
import type { LinkTemplate } from '../launch/make-links.ts';
import {
  openReader,
  type Pin,
  type Readers,
  type ReleaseReader,
  readPinned,
  whyNotRead,
} from '../publish/release-reader.ts';
import { releasePrefix, templatePath } from '../release/layout.ts';
import type { Manifest } from '../release/manifest.ts';
import type { S3Target } from '../release/target.ts';
import { STACK_NAMES, type StackName } from '../stacks/stack-name.ts';

/** Which release links are to lead to, and who reads it. */
export interface WantedRelease extends Readers {
  readonly pin: Pin;
  /** The stacks whose templates are wanted; all that the release has when left out. */
  readonly stacks?: readonly StackName[];
}

/** A release as it was found where it is published. */
export interface FoundRelease {
  readonly version: string;
  readonly manifestSha256: string;
  readonly templates: readonly LinkTemplate[];
}

/**
 * Looks at a release where links will lead: the channel's hash of the manifest, the manifest's of the templates.
 * @throws Refusal PL5011 for a stack that the release does not have, PL4021 for a template that is not what the manifest says, and those of `readPinned`
 */
export async function findRelease(target: S3Target, wanted: WantedRelease): Promise<FoundRelease> {
  const reader = await openReader(target, wanted);
  try {
    const { manifest, manifestSha256 } = await readPinned(reader, wanted.pin);
    const stacks = stacksIn(manifest, wanted.stacks);
    const templates = await Promise.all(stacks.map((stack) => readStack(reader, manifest, stack)));
    return { version: manifest.version, manifestSha256, templates };
  } finally {
    reader.close();
  }
}

/** The stacks of a release, in the order in which they are launched. */
function stacksIn({ version, files }: Manifest, wanted: readonly StackName[] = []): readonly StackName[] {
  const has = (stack: StackName) => files.some(({ path }) => path === templatePath(`${stack}.yaml`));
  const missing = wanted.filter((stack) => !has(stack));
  if (missing.length === 0)
    return STACK_NAMES.filter((stack) => has(stack) && (wanted.length === 0 || wanted.includes(stack)));
  const hint = `It has: ${STACK_NAMES.filter(has).join(', ') || 'none'}.`;
  throw refuse({ code: 'PL5011', message: `Release ${version} has no template of ${missing.join(', ')}.`, hint });
}

async function readStack({ read, url }: ReleaseReader, manifest: Manifest, stack: StackName): Promise<LinkTemplate> {
  const file = `${stack}.yaml`;
  const path = templatePath(file);
  const { sha256: expected, size } = manifest.files.find((one) => one.path === path)!;
  const key = releasePrefix(manifest.version) + path;
  const { status, bytes } = await read(key, size);
  if (status === 200 && bytes !== 'larger' && sha256(bytes) === expected) {
    const text = new TextDecoder().decode(bytes);
    return {
      stack,
      file,
      get value() {
        return readTemplate(text, file).value;
      },
    };
  }
  const readable = status === 200;
  throw refuse({
    code: readable ? 'PL4021' : 'PL5010',
    message: `${url(key)} ${readable ? 'is not what its manifest says' : `cannot be read: ${whyNotRead(status)}`}.`,
    hint: 'Do not hand out links to it. Publish the release again from its source, under another version if files have changed.',
  });
}
