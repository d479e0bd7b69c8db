import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { sha256 } from '../files/sha256.ts';
import { readAssetList } from '../functions/lib/asset-list.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../functions/lib/node-folder.ts';
import { openS3Store, type S3Store } from '../publish/stores/s3-store.ts';
import type { S3Target } from '../release/target.ts';

/** What was found in the bucket that a launcher's nodes take their scripts from. */
export interface VerifiedBucket {
  readonly bucket: string;
  /** The hash of each list of files, with the number of files that it lists: AssetsSha256 of a template. */
  readonly lists: readonly { readonly assetsSha256: string; readonly files: number }[];
  readonly diagnostics: readonly Diagnostic[];
}

const LIST_BYTES = 1024 * 1024;

/**
 * Compares the bucket of the nodes with its lists of files: under the hash of each list must be the files that it lists,
 * the list, the entry script under the name that says which list counts, and nothing else. Needs s3:ListBucket and s3:GetObject.
 * @returns PL7004 for each file that differs, PL7005 where there is no list to compare with
 * @throws Refusal as S3 refuses
 */
export async function verifyBucket(target: S3Target): Promise<VerifiedBucket> {
  const store = await openS3Store({ ...target, prefix: '' });
  try {
    const keys = [...(await store.list('')).keys()];
    const hashes = [...new Set(keys.map((key) => key.split('/', 1)[0]!).filter((name) => /^[0-9a-f]{64}$/.test(name)))];
    const found = await Promise.all(hashes.sort().map((hash) => verifyList(store, hash, keys)));
    const strangers = keys.filter((key) => !hashes.some((hash) => key.startsWith(`${hash}/`)));
    const none = hashes.length === 0 ? [noList(target.bucket, 'nothing is kept under the hash of a list')] : [];
    return {
      bucket: target.bucket,
      lists: found.flatMap(({ list }) => list ?? []),
      diagnostics: [
        ...none,
        ...found.flatMap(({ faults }) => faults),
        ...strangers.map((key) => differs(key, 'added')),
      ],
    };
  } finally {
    store.close();
  }
}

async function verifyList(store: S3Store, assetsSha256: string, keys: readonly string[]) {
  const root = `${assetsSha256}/`;
  const file = await store.get(root + LIST_PATH, LIST_BYTES);
  if (file === undefined || file === 'larger' || sha256(file.bytes) !== assetsSha256) {
    const reason = file === undefined ? 'is missing' : 'is not the list of this hash';
    return { faults: [noList(root + LIST_PATH, `it ${reason}`)] };
  }
  const files = readAssetList(file.bytes, assetsSha256, root);
  const entry = files.find(({ path }) => path === ENTRY_PATH);
  const wanted = [...files, ...(entry ? [{ ...entry, path: namedEntryPath(assetsSha256) }] : [])];
  const faults: Diagnostic[] = [];
  await inParallel(wanted, AT_A_TIME, async ({ path, sha256: expected, size }) => {
    const stored = await store.get(root + path, size);
    if (stored === undefined) faults.push(differs(root + path, 'missing'));
    else if (stored === 'larger' || sha256(stored.bytes) !== expected) faults.push(differs(root + path, 'changed'));
  });
  const known = new Set([LIST_PATH, ...wanted.map(({ path }) => path)].map((path) => root + path));
  for (const key of keys) if (key.startsWith(root) && !known.has(key)) faults.push(differs(key, 'added'));
  return {
    list: { assetsSha256, files: files.length },
    faults: faults.sort((a, b) => (a.message < b.message ? -1 : 1)),
  };
}

const WORDS = { missing: 'is missing', changed: 'was changed', added: 'is not in the list of files' } as const;

function differs(key: string, how: keyof typeof WORDS): Diagnostic {
  return error({
    code: 'PL7004',
    message: `${key} ${WORDS[how]}.`,
    hint: 'The next node would run what is there. Find out who can write to the bucket, remove the file, and update the stack to copy the release again.',
  });
}

function noList(place: string, reason: string): Diagnostic {
  return error({
    code: 'PL7005',
    message: `${place} cannot be compared: ${reason}.`,
    hint: 'Name the bucket of the prerequisites (output NodeBucketName). If its scripts are of an older podlaunch, update the stack.',
  });
}
