/**
 * The arguments with which bash runs this text: `spawnSync('bash', bashArguments('aws s3 ls'), …)`.
 *
 * Node gives a child a socket as its standard input. Where SHLVL is not set (a run that no shell started), bash takes
 * such a `-c` for one of rshd and reads ~/.bashrc, which may put other programs ahead of those in the PATH it was given.
 */
export function bashArguments(text: string, options: readonly string[] = []): readonly string[] {
  return ['--norc', ...options, '-c', text];
}
