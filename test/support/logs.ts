import { type AwsOptions, awsJson } from './aws-cli.ts';

/** Makes a stream in a log group that is there, and writes lines into it as of now. */
export async function writeLog(
  options: AwsOptions,
  { group, stream }: { readonly group: string; readonly stream: string },
  ...texts: readonly string[]
): Promise<void> {
  const place = ['--log-group-name', group, '--log-stream-name', stream];
  await awsJson(['logs', 'create-log-stream', ...place], options);
  const events = texts.map((message, index) => ({ timestamp: Date.now() + index, message }));
  await awsJson(['logs', 'put-log-events', ...place, '--log-events', JSON.stringify(events)], options);
}
