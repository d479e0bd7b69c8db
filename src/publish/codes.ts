import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of publishing: where to, what lies there already, who can read it, and what S3 answers. */
export const CODES: CodeTable = {
  PL4010: 'The place to publish to is neither s3://BUCKET/PREFIX nor a folder.',
  PL4011: 'The name of the bucket is no bucket name.',
  PL4012: 'The name of the bucket holds dots, which break TLS in the links that launchers open.',
  PL4013: 'The prefix holds what cannot stand in a link or a template, or is too long.',
  PL4014: 'The region is no name of a region.',
  PL4015: 'The name of the channel is not made of letters, digits, dots, hyphens and underscores.',
  PL4016: 'The audience is not public, org:ORGANIZATION or accounts:ACCOUNT,….',
  PL4017: 'The expected owner of the bucket is not the 12 digits of an account.',
  PL4018: 'The endpoint is not an http or https URL.',
  PL4019: 'The place to publish to is a bare name, which may be a bucket or a folder.',

  PL4020: 'The version is published already with other content; a release never changes.',
  PL4021: 'A file of the release lies there with other content than its manifest says.',
  PL4022: 'A file of the release is missing where it was published.',
  PL4023: 'There is no release of the version that was asked for.',
  PL4024: 'A channel file cannot be read: something else wrote there.',
  PL4025: 'The channel was moved by someone else in the meantime.',

  PL4030: 'The release is not readable by everyone, which the audience public needs.',
  PL4031: 'The policy of the bucket does not let the audience read the release.',
  PL4032: 'The policy of the bucket holds a denial that may shut out the audience.',
  PL4033: 'What everyone reads is not what was published.',
  PL4034: 'The policy of the bucket lets others than the audience read the release.',

  PL4040: 'There are no AWS credentials.',
  PL4041: 'The AWS credentials have expired.',
  PL4042: 'AWS does not know the credentials.',
  PL4043: 'The credentials may not do what publishing needs.',
  PL4044: 'The bucket does not exist.',
  PL4045: 'The bucket lies in another region.',
  PL4046: 'The bucket belongs to another account than the one that is expected.',
  PL4047: "The machine's clock is wrong, so that AWS refuses its signatures.",
  PL4048: 'S3 cannot be reached.',
  PL4049: 'S3 fails or is busy, also after retries.',
  PL4050: 'The store does not know conditional writes, without which two publishers could mix a release.',
  PL4051: 'Two publishers write the same file at once, also after retries.',
  PL4052: 'The key that encrypts the bucket may not be used.',
  PL4053: 'S3 refused a request for a reason that podlaunch does not know.',
};
