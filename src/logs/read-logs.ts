import { awsRefusal } from '../cloud/aws-refusal.ts';
import { openClient } from '../cloud/client.ts';
import { awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { firstCauseIn, type LogLine } from './first-cause.ts';

/** Which logs are read. */
export interface WantedLogs {
  /** Names of groups. */
  readonly groups: readonly string[];
  /** Beginnings of names: all groups that begin so. */
  readonly prefixes: readonly string[];
  /** From when on, in milliseconds since 1970. */
  readonly since: number;
  /** Which lines; without it all. */
  readonly only?: LineFilter;
}

/** Which lines of a log are read. */
export interface LineFilter {
  /** For CloudWatch, which sends the lines that have it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
  /** Of those lines the ones that are kept. */
  readonly fits: RegExp;
}

/** A group of logs: of a function, or of the nodes of a cluster. */
export interface LogGroup {
  readonly name: string;
  /** In the order of time; the latest of very many. */
  readonly lines: readonly LogLine[];
  /** What failed first in the latest run that failed. */
  readonly cause?: LogLine;
}

/** The most lines that are kept of a group. */
const MOST = 10_000;

/** Reads logs. A group that is not there is left out: it comes with the first line. @throws Refusal PL8601 as CloudWatch refuses */
export async function readLogs(
  { groups, prefixes, since, only }: WantedLogs,
  place: AwsPlace,
): Promise<readonly LogGroup[]> {
  const { sdk, client } = await openClient(
    { service: 'CloudWatch_Logs', ...place },
    () => import('@aws-sdk/client-cloudwatch-logs'),
    ({ CloudWatchLogsClient }, settings) => new CloudWatchLogsClient(settings),
  );
  try {
    const names = new Set(groups);
    for (const logGroupNamePrefix of prefixes)
      for await (const page of sdk.paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
        for (const { logGroupName = '' } of page.logGroups ?? []) names.add(logGroupName);
    const found: LogGroup[] = [];
    for (const name of names) {
      const lines = await linesOf(name);
      const cause = lines && firstCauseIn(lines);
      if (lines) found.push({ name, lines, ...(cause && { cause }) });
    }
    return found;
  } catch (thrown) {
    throw awsRefusal('PL8601', thrown, place, {
      ...{ doing: 'read the logs', service: 'CloudWatch Logs', subject: 'the log groups of the stacks' },
      needs:
        'logs:DescribeLogGroups and logs:FilterLogEvents on /aws/sagemaker/Clusters/* and on the groups of the stacks',
    });
  } finally {
    client.destroy();
  }

  async function linesOf(logGroupName: string): Promise<readonly LogLine[] | undefined> {
    let lines: LogLine[] = [];
    const question = { logGroupName, startTime: since, ...(only && { filterPattern: only.pattern }) };
    try {
      for await (const page of sdk.paginateFilterLogEvents({ client }, question)) {
        const events = (page.events ?? []).filter(({ message = '' }) => only === undefined || only.fits.test(message));
        for (const { timestamp = 0, logStreamName = '', message = '' } of events)
          lines.push({ at: new Date(timestamp).toISOString(), stream: logStreamName, text: message.trimEnd() });
        lines = lines.slice(-MOST);
      }
    } catch (thrown) {
      if (awsFailure(thrown).name.startsWith('ResourceNotFound')) return undefined;
      throw thrown;
    }
    return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }
}
