import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers DescribeStacks, and nothing else, with one stack. */
export interface DescribedStack {
  readonly url: string;
  /** What CloudFormation says the stack is doing. That the states are CloudFormation's own is shown on ministack. */
  status: string;
  stop(): Promise<void>;
}

/** The stack's id. */
export const STACK_ID =
  'arn:aws:cloudformation:us-west-2:123456789012:stack/prerequisites/01234567-89ab-cdef-0123-456789abcdef';

/** Starts the server on a free port of 127.0.0.1; the stack is being created. */
export async function startDescribedStack(): Promise<DescribedStack> {
  const server = createServer((_, response) => {
    const stack = `<StackId>${STACK_ID}</StackId><StackName>prerequisites</StackName>`;
    const member = `<member>${stack}<StackStatus>${described.status}</StackStatus></member>`;
    const result = `<DescribeStacksResult><Stacks>${member}</Stacks></DescribeStacksResult>`;
    response.end(`<DescribeStacksResponse>${result}</DescribeStacksResponse>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const described: DescribedStack = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    status: 'CREATE_IN_PROGRESS',
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return described;
}
