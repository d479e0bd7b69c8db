import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { directoryPlace } from '../../src/functions/lib/directory-place.ts';
import { Fault } from '../../src/functions/lib/fault.ts';
import { documentOf } from '../../src/functions/people/directory-document.ts';
import { readState } from '../../src/functions/people/read-state.ts';
import type { PeopleQuestion } from '../../src/functions/people/requests.ts';
import { DOMAIN } from '../functions/people/fake/directory.ts';
import type { FakeHouse } from '../functions/people/fake/house.ts';

/** CloudFormation and Lambda, as far as they are between the command line and the function: HTTP with their wire forms. */
export interface StackFunction {
  readonly url: string;
  /** What Lambda answers before it calls the function, one a call: status and name of an error. */
  readonly refusals: { readonly status: number; readonly type: string; readonly message: string }[];
  /** What the function was asked. */
  readonly calls: PeopleQuestion[];
  stop(): Promise<void>;
}

const STACK = 'physics-launchpad';
const FUNCTION = 'physics-launchpad-PeopleFunction-0123';

/** Starts both; the function is the one of the stack, with its directory a fake one. */
export async function startStackFunction(house: FakeHouse): Promise<StackFunction> {
  const refusals: StackFunction['refusals'] = [];
  const calls: PeopleQuestion[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    if (request.url === '/') {
      const asked = new URLSearchParams(body);
      const isThere = asked.get('StackName') === STACK && asked.get('LogicalResourceId') === 'PeopleFunction';
      response.statusCode = isThere ? 200 : 400;
      response.end(isThere ? described() : notThere(asked.get('StackName') ?? ''));
      return;
    }
    const refusal = refusals.shift();
    if (refusal) {
      response.writeHead(refusal.status, { 'x-amzn-errortype': refusal.type });
      response.end(JSON.stringify({ Type: 'User', message: refusal.message }));
      return;
    }
    const call = JSON.parse(body) as PeopleQuestion;
    calls.push(call);
    response.end(JSON.stringify(await answer(house, call)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusals,
    calls,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(house: FakeHouse, call: PeopleQuestion): Promise<object> {
  try {
    if (call.action === 'export') return { document: await exported(house) };
    if (call.action === 'reset password') return await house.resetPassword(call);
    if (call.action === 'try bind') throw new Fault('No command line asks this.');
    if (call.action === 'apply') return await house.apply(call);
    const { acts, problems, notes } = await house.plan(call);
    return { plan: acts.flatMap(({ words }) => words), problems, notes };
  } catch (thrown) {
    if (thrown instanceof Fault) return { error: thrown.message };
    throw thrown;
  }
}

async function exported(house: FakeHouse): Promise<object> {
  const ldap = await house.open();
  return readState(ldap, directoryPlace(DOMAIN, 'hyperpod'), [])
    .then(documentOf)
    .finally(() => ldap.close());
}

function described(): string {
  const detail = `<StackResourceDetail><PhysicalResourceId>${FUNCTION}</PhysicalResourceId></StackResourceDetail>`;
  return `<DescribeStackResourceResponse><DescribeStackResourceResult>${detail}</DescribeStackResourceResult></DescribeStackResourceResponse>`;
}

function notThere(stack: string): string {
  const error = `<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack '${stack}' does not exist</Message></Error>`;
  return `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
