import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { reasonOf } from '../lib/fault.ts';

/** A topic that cannot be reached must not keep anybody from working. In ms. */
const PATIENCE = 5_000;

/**
 * Tells a topic of people who become root of the cluster. An empty ARN is no topic. Gives what went wrong; a failure is
 * no reason to do less.
 */
export async function tellTopic(
  TopicArn: string,
  { people, domain }: { readonly people: readonly string[]; readonly domain: string },
  stop: AbortSignal,
): Promise<string | undefined> {
  if (TopicArn === '' || people.length === 0) return undefined;
  const sns = new SNSClient({
    maxAttempts: 2,
    requestHandler: { requestTimeout: PATIENCE, connectionTimeout: PATIENCE },
  });
  const Message = `podlaunch: in the directory ${domain} these become root of the cluster: ${people.join(', ')}. If nobody asked for this, take them out: podlaunch people remove NAME.`;
  const command = new PublishCommand({ TopicArn, Subject: 'podlaunch: new administrators', Message });
  try {
    await sns.send(command, { abortSignal: stop });
    return undefined;
  } catch (thrown) {
    stop.throwIfAborted();
    return `The alarm topic was not told of new administrators (${reasonOf(thrown)}).`;
  }
}
