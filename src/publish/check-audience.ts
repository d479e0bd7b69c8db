import { sha256 } from '../assets/sha256.ts';
import { type Diagnostic, fails, warning } from '../diagnostics/diagnostic.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { releasePrefix } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import type { Audience } from './audience.ts';
import type { PublishEvent } from './events.ts';
import { AT_A_TIME, inParallel } from './in-parallel.ts';
import { judgePolicy } from './judge-policy.ts';
import type { OpenTarget } from './open-store.ts';
import { partitionOf } from './partition.ts';
import type { PolicyStatement } from './policy-statement.ts';
import { readAnonymously } from './read-anonymously.ts';
import { readHint } from './read-statement.ts';
import { objectUrl, type S3Target, targetName } from './target.ts';

/** What is to be readable by whom. */
export interface AudienceCheck {
  readonly audience: Audience;
  readonly version: string;
  /** The files that a launcher reads; each is read back when the audience is everyone. */
  readonly files: readonly Pick<ManifestFile, 'path' | 'sha256'>[];
  /** What stops the command. */
  readonly failOn: 'error' | 'warning';
}

/**
 * Checks that launchers can read a release. For everyone, it is read over plain HTTPS, without credentials, and its
 * bytes are compared; for others the bucket's policy is judged. A folder is read by whoever can read the folder.
 * @returns warnings
 * @throws Refusal PL4030, PL4031 with the statement that the bucket's policy lacks; PL4033 when other bytes are read; PL4032 and PL4034 where warnings stop the command
 */
export async function checkAudience(
  place: OpenTarget,
  check: AudienceCheck,
  tell: (event: PublishEvent) => void,
): Promise<readonly Diagnostic[]> {
  if (place.kind === 'folder') return [];
  const { target, store } = place;
  if (check.audience.kind !== 'public') return checkPolicy(target, check, await store.policy());
  let done = 0;
  await inParallel(check.files, AT_A_TIME, async (file) => {
    await readBack(target, check, file);
    tell({ kind: 'readBack', path: file.path, done: ++done, of: check.files.length });
  });
  return [];
}

async function readBack(
  target: S3Target,
  { audience, version }: AudienceCheck,
  file: AudienceCheck['files'][number],
): Promise<void> {
  const url = objectUrl(target, releasePrefix(version) + file.path);
  const { status, bytes } = await readAnonymously(target, url);
  if (status === 401 || status === 403) {
    throw refuse({
      code: 'PL4030',
      message: `Launchers cannot read ${url}: without credentials S3 answers ${status}.`,
      hint: readHint(target, audience),
    });
  }
  if (status === 200 && sha256(bytes) === file.sha256) return;
  throw refuse({
    code: 'PL4033',
    message: `${url} gives ${status === 200 ? 'other bytes than were published' : `the answer ${status}`}.`,
    hint: `Check that ${target.bucket} lies in ${target.region}, and that nothing stands between it and its readers.`,
  });
}

function checkPolicy(
  target: S3Target,
  { audience, version, files, failOn }: AudienceCheck,
  policy: string | undefined,
): readonly Diagnostic[] {
  const root = `arn:${partitionOf(target.region).name}:s3:::${target.bucket}/${target.prefix}${releasePrefix(version)}`;
  const resources = files.map(({ path }) => root + path);
  const { allowed, doubt, others } = judgePolicy(statementsOf(policy), resources, audience);
  const warnings = [
    ...(doubt === undefined ? [] : [doubtfulDenial(target, doubt)]),
    ...(others === undefined ? [] : [otherReaders(target, others)]),
  ];
  if (allowed && !fails(warnings, failOn)) return warnings;
  if (allowed) throw new Refusal(warnings);
  const refusal = refuse({
    code: 'PL4031',
    message: `The policy of ${target.bucket} does not let the audience read ${targetName(target)}.`,
    hint: readHint(target, audience),
  });
  throw new Refusal([...refusal.diagnostics, ...warnings]);
}

function doubtfulDenial(target: S3Target, sid: string): Diagnostic {
  return warning({
    code: 'PL4032',
    message: `The statement ${sid} of the policy of ${target.bucket} denies reading; it may shut out the audience.`,
    hint: 'Check it: a denial wins over what another statement allows.',
  });
}

function otherReaders(target: S3Target, sid: string): Diagnostic {
  return warning({
    code: 'PL4034',
    message: `The statement ${sid} of the policy of ${target.bucket} lets others than the audience read the release.`,
    hint: 'Narrow it to the audience, or name the audience that is meant (public: everyone).',
  });
}

function statementsOf(policy: string | undefined): readonly PolicyStatement[] {
  const { Statement = [] } = policy === undefined ? {} : JSON.parse(policy);
  return Array.isArray(Statement) ? Statement : [Statement];
}
