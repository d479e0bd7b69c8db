import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a custom resource answers CloudFormation. */
export interface ReceivedAnswer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Takes the answers of custom resources, as CloudFormation does at the ResponseURL of a request. */
export interface AnswerServer {
  /** A ResponseURL; its query is as secret as the signature in a real one. */
  readonly url: string;
  /** The answers that were taken. */
  readonly received: ReceivedAnswer[];
  /** Sizes of all bodies that came, in bytes. */
  readonly sizes: number[];
  /** How many of the next answers are turned down. */
  refuse: number;
  stop(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1. As S3 does, it refuses an answer with a content type: the URL is signed without one. */
export async function startAnswerServer(): Promise<AnswerServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    answers.sizes.push(body.length);
    const good = request.method === 'PUT' && !request.headers['content-type'] && request.url === `/${SECRET}`;
    if (good && answers.refuse-- <= 0) {
      answers.received.push(JSON.parse(body.toString()));
      response.end();
    } else response.writeHead(403).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${SECRET}`;
  const answers: AnswerServer = { url, received: [], sizes: [], refuse: 0, stop };
  return answers;
}

/** Path and query of the ResponseURL. */
export const SECRET = 'custom-resource-answers?X-Amz-Signature=0123456789abcdef';
