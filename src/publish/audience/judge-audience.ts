import { type Diagnostic, error, fails, info, warning } from '../../diagnostics/diagnostic.ts';
import { Refusal } from '../../diagnostics/refusal.ts';
import { HISTORY, KEYS, releasePrefix } from '../../release/layout.ts';
import { type S3Target, targetName } from '../../release/target.ts';
import type { OpenTarget } from '../stores/open-store.ts';
import type { PublicAccessBlock, S3Bucket } from '../stores/s3-bucket.ts';
import { judgePolicy, type PolicyVerdict } from './judge-policy.ts';
import type { PolicyStatement } from './policy-statement.ts';
import { arnOf, openCommand, readHint } from './read-statement.ts';
import type { ReleaseReaders } from './release-readers.ts';

/**
 * Judges, before anything is written, whether the bucket will let the audience read a release: its policy, and for
 * everyone its Block Public Access settings too. Where the credentials may not look at them and the audience is
 * everyone, that is left to reading the release back. A folder is read by anyone who can read the folder.
 * @param failOn what stops the command
 * @returns what was found that does not stop it
 * @throws Refusal PL4030, PL4031 with the statement that the bucket's policy lacks, PL4035 for Block Public Access; PL4032 and PL4034 where warnings stop the command
 */
export async function judgeAudience(
  place: OpenTarget,
  readers: ReleaseReaders,
  failOn: 'error' | 'warning',
): Promise<readonly Diagnostic[]> {
  if (place.kind === 'folder') return [];
  const { target, store } = place;
  const everyone = readers.audience.kind === 'public';
  const findings = everyone
    ? await judgeEveryone(target, store.bucket, readers)
    : judgeOthers(target, readers, await store.bucket.policy());
  if (fails(findings, failOn)) throw new Refusal(findings);
  return findings;
}

async function judgeEveryone(
  target: S3Target,
  bucket: S3Bucket,
  readers: ReleaseReaders,
): Promise<readonly Diagnostic[]> {
  const [policy, block] = await Promise.all([ifAllowed(bucket.policy()), ifAllowed(bucket.publicAccessBlock())]);
  const { blockPublicPolicy, restrictPublicBuckets } = block === 'unknown' ? NO_BLOCK : block;
  const closed = policy !== 'unknown' && !verdict(target, readers, policy).allowed;
  const hidden = policy !== 'unknown' && !closed && !showsHistory(target, readers, policy);
  return [
    ...(restrictPublicBuckets || (closed && blockPublicPolicy) ? [blocked(target)] : []),
    ...(closed ? [notReadable(target, readers)] : []),
    ...(hidden ? [historyNotReadable(target, readers)] : []),
    ...(policy === 'unknown' || block === 'unknown' ? [notJudged(target)] : []),
  ];
}

const NO_BLOCK: PublicAccessBlock = { blockPublicPolicy: false, restrictPublicBuckets: false };

/** What was asked of the bucket, or `unknown` where the credentials or the store do not give it. */
async function ifAllowed<T>(answer: Promise<T>): Promise<T | 'unknown'> {
  try {
    return await answer;
  } catch (thrown) {
    const codes = thrown instanceof Refusal ? thrown.diagnostics.map(({ code }) => code) : [];
    if (codes.length === 1 && ['PL4043', 'PL4050'].includes(codes[0]!)) return 'unknown';
    throw thrown;
  }
}

function judgeOthers(target: S3Target, readers: ReleaseReaders, policy: string | undefined): readonly Diagnostic[] {
  const { allowed, doubt, others } = verdict(target, readers, policy);
  return [
    ...(allowed ? [] : [notReadable(target, readers)]),
    ...(allowed && !showsHistory(target, readers, policy) ? [historyNotReadable(target, readers)] : []),
    ...(doubt === undefined ? [] : [doubtfulDenial(target, doubt)]),
    ...(others === undefined ? [] : [otherReaders(target, others)]),
  ];
}

function verdict(target: S3Target, { audience, version, files }: ReleaseReaders, policy?: string): PolicyVerdict {
  const resources = files.map(({ path }) => arnOf(target, releasePrefix(version) + path));
  return judgePolicy(statementsOf(policy), resources, audience);
}

/** Whether the audience may read which releases there are, which were withdrawn, and the keys of their signatures. */
function showsHistory(target: S3Target, { audience }: ReleaseReaders, policy?: string): boolean {
  return judgePolicy(
    statementsOf(policy),
    [HISTORY, KEYS].map((key) => arnOf(target, key)),
    audience,
  ).allowed;
}

function statementsOf(policy: string | undefined): readonly PolicyStatement[] {
  const { Statement = [] } = policy === undefined ? {} : (JSON.parse(policy) as Policy);
  return [Statement].flat();
}

interface Policy {
  readonly Statement?: PolicyStatement | readonly PolicyStatement[];
}

function notReadable(target: S3Target, { audience }: ReleaseReaders): Diagnostic {
  const [code, who] = audience.kind === 'public' ? ['PL4030', 'everyone'] : ['PL4031', 'the audience'];
  return error({
    code,
    message: `The policy of ${target.bucket} does not let ${who} read ${targetName(target)}.`,
    hint: readHint(target, audience),
  });
}

function historyNotReadable(target: S3Target, { audience }: ReleaseReaders): Diagnostic {
  return warning({
    code: 'PL4062',
    message: `The policy of ${target.bucket} does not let the audience read ${HISTORY} and ${KEYS}: nobody is warned of a release that was withdrawn, and no signature is checked.`,
    hint: readHint(target, audience),
  });
}

function blocked(target: S3Target): Diagnostic {
  return error({
    code: 'PL4035',
    message: `Block Public Access of ${target.bucket} keeps everyone out.`,
    hint: `Turn the two settings off that speak of policies: ${openCommand(target)}`,
  });
}

function notJudged(target: S3Target): Diagnostic {
  return info({
    code: 'PL4036',
    message: `Whether everyone may read from ${target.bucket} cannot be seen beforehand; the release is read back once it is written.`,
    hint: 'To see it beforehand, the credentials need s3:GetBucketPolicy and s3:GetBucketPublicAccessBlock.',
  });
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
