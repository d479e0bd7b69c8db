import { partitionOf } from '../aws/partition.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { releasePrefix, templatePath } from './layout.ts';

/** A place in S3. */
export interface S3Target {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** Empty, or ends in `/`. */
  readonly prefix: string;
  /** Another S3 than AWS's, by the URL of its endpoint; it is asked in path style. */
  readonly endpointUrl?: string;
}

/** A folder of this machine. */
export interface FolderTarget {
  readonly kind: 'folder';
  readonly folder: string;
  /** The folder has the files of this release alone, as they are below releases/VERSION/: it can only be read. */
  readonly onlyVersion?: string;
}

/** Where releases are published to. */
export type Target = S3Target | FolderTarget;

/** What goes with an `s3://` place. */
export interface S3Options {
  readonly region: string;
  readonly endpointUrl?: string | undefined;
}

/** What a folder looks like: absolute, or with a dot at its beginning, on Windows too. */
const FOLDER = /^(?:\.{1,2}(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/;

/**
 * Reads a place to publish to, `s3://BUCKET/PREFIX` or a folder that begins with `./`, `../` or `/`: of a bare name
 * nobody can tell which of the two is meant.
 * @throws Refusal PL4010 to PL4014, PL4018, PL4019 when a link to what is published there could not work
 */
export function parseTarget(to: string, { region, endpointUrl }: S3Options): Target {
  if (FOLDER.test(to)) return { kind: 'folder', folder: to };
  if (!to.includes(':') && to.trim() !== '') {
    throw refuse({
      code: 'PL4019',
      message: `${JSON.stringify(to)} may be a bucket or a folder.`,
      hint: `Write s3://${to} for the bucket, or ./${to} for the folder.`,
    });
  }
  const match = /^s3:\/\/([^/]*)(?:\/(.*))?$/.exec(to);
  if (!match) {
    throw refuse({
      code: 'PL4010',
      message: `${JSON.stringify(to)} is neither s3://BUCKET/PREFIX nor a folder.`,
      hint: 'Write s3://my-bucket/podlaunch, or ./out for a folder.',
    });
  }
  const bucket = match[1]!;
  const prefix = (match[2] ?? '').replace(/\/+$/, '');
  checkBucket(bucket);
  checkPrefix(prefix);
  checkRegion(region);
  if (endpointUrl !== undefined) checkEndpoint(endpointUrl);
  return {
    kind: 's3',
    bucket,
    region,
    prefix: prefix === '' ? '' : `${prefix}/`,
    ...(endpointUrl !== undefined && { endpointUrl: endpointUrl.replace(/\/+$/, '') }),
  };
}

/** The place as the user writes it. */
export function targetName(target: Target): string {
  return target.kind === 'folder' ? target.folder : `s3://${target.bucket}/${target.prefix}`.replace(/\/$/, '');
}

/** URL under which a launcher reads a key of the bucket; the prefix is put before it. */
export function objectUrl({ bucket, region, prefix, endpointUrl }: S3Target, key: string): string {
  const path = (prefix + key).split('/').map(encodeURIComponent).join('/');
  if (endpointUrl !== undefined) return `${endpointUrl}/${bucket}/${path}`;
  return `https://${bucket}.s3.${region}.${partitionOf(region).urlSuffix}/${path}`;
}

/** URL under which CloudFormation reads a template of a release: always AWS's own address, whatever S3 is asked here. */
export function templateUrl(
  { bucket, region, prefix }: Pick<S3Target, 'bucket' | 'region' | 'prefix'>,
  version: string,
  file: string,
): string {
  return objectUrl({ kind: 's3', bucket, region, prefix }, releasePrefix(version) + templatePath(file));
}

/** Bucket names by S3's rules: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkBucket(bucket: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..')) {
    throw refuse({
      code: 'PL4011',
      message: `${JSON.stringify(bucket)} is not a valid bucket name.`,
      hint: 'Bucket names have 3 to 63 lower-case letters, digits and hyphens: s3://my-bucket/podlaunch.',
    });
  }
  if (bucket.includes('.')) {
    throw refuse({
      code: 'PL4012',
      message: `The bucket name ${bucket} contains dots: TLS fails on https://${bucket}.s3.….amazonaws.com.`,
      hint: 'Publish to a bucket whose name has hyphens instead.',
    });
  }
}

/** The prefix is in templates, where the pattern of ReleaseKeyPrefix is checked, and in links of at most 1,024 characters. */
function checkPrefix(prefix: string): void {
  if (prefix.length <= 300 && (prefix === '' || /^[A-Za-z0-9!_.()-]+(\/[A-Za-z0-9!_.()-]+)*$/.test(prefix))) return;
  throw refuse({
    code: 'PL4013',
    message: `${JSON.stringify(prefix)} cannot be the prefix of a release.`,
    hint: 'Use at most 300 letters, digits and the signs ! _ . ( ) - between single slashes: s3://my-bucket/team/podlaunch.',
  });
}

function checkRegion(region: string): void {
  if (/^[a-z]{2}(-[a-z]+)+-[0-9]+$/.test(region)) return;
  throw refuse({
    code: 'PL4014',
    message: `${JSON.stringify(region)} is not a valid region.`,
    hint: 'Give the region of the bucket: --region us-west-2.',
  });
}

function checkEndpoint(url: string): void {
  if (/^https?:\/\/[^\s?#@]+$/.test(url) && URL.canParse(url)) return;
  throw refuse({
    code: 'PL4018',
    message: `${JSON.stringify(url)} is not a valid endpoint URL.`,
    hint: 'Write it like http://127.0.0.1:5000, without query, fragment or user.',
  });
}
