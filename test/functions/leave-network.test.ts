import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveNetwork } from '../../src/functions/lib/leave-network.ts';
import { awsEnvironment } from '../support/aws-cli.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

/** Lambda and EC2 with one function in the VPC, as AWS behaves: each look at what goes on brings it one step further. */
const aws = { update: [] as string[], interfaces: {} as Record<string, string[]>, isThere: true };
let asked: string[];
let server: Server;

beforeEach(async () => {
  asked = [];
  Object.assign(aws, { update: ['InProgress', 'Successful'], isThere: true });
  aws.interfaces = { 'eni-1': ['in-use', 'in-use', 'available'], 'eni-2': ['available'] };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [status, text] = request.url!.startsWith('/2015-03-31/functions/')
      ? lambda(`${request.method} ${body}`)
      : ec2(new URLSearchParams(body));
    const names = /<Code>(.*)<\/Code>|"Type":"(.*)"/.exec(text) ?? [];
    response.writeHead(status, { 'x-amzn-errortype': names[2] ?? '' }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, value] of Object.entries(awsEnvironment({ endpointUrl }))) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
});

function lambda(request: string): [number, string] {
  if (!aws.isThere) return [404, '{"Type":"ResourceNotFoundException"}'];
  if (request.startsWith('PUT')) {
    asked.push(request.slice(4));
    return [200, '{}'];
  }
  const [LastUpdateStatus] = aws.update.length > 1 ? aws.update.splice(0, 1) : aws.update;
  asked.push(LastUpdateStatus!);
  return [200, JSON.stringify({ LastUpdateStatus, LastUpdateStatusReason: 'no right' })];
}

function ec2(form: URLSearchParams): [number, string] {
  const id = form.get('NetworkInterfaceId');
  if (id) {
    asked.push(`delete ${id}`);
    const [state] = aws.interfaces[id]!;
    delete aws.interfaces[id];
    return state === 'available'
      ? [200, '<DeleteNetworkInterfaceResponse/>']
      : [400, failure('InvalidNetworkInterfaceID.NotFound')];
  }
  expect([form.get('Filter.1.Name'), form.get('Filter.1.Value.1')]).toEqual(['group-id', 'sg-own']);
  const items = Object.entries(aws.interfaces).map(([one, states]) => {
    const [status] = states.length > 1 ? states.splice(0, 1) : states;
    const said = status === 'vanishing' ? 'available' : status;
    return `<item><networkInterfaceId>${one}</networkInterfaceId><status>${said}</status></item>`;
  });
  asked.push(`${items.length} there`);
  return [
    200,
    `<DescribeNetworkInterfacesResponse><networkInterfaceSet>${items.join('')}</networkInterfaceSet></DescribeNetworkInterfacesResponse>`,
  ];
}

function failure(code: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>gone</Message></Error></Errors></Response>`;
}

const leave = (stop = new AbortController().signal) =>
  leaveNetwork({ functionName: 'people', securityGroupId: 'sg-own' }, stop);
const TAKEN_OUT = JSON.stringify({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });

test('waits for Lambda, then deletes each interface once nothing uses it, until none is left', async () => {
  await leave();
  expect(asked).toEqual([
    TAKEN_OUT,
    'InProgress',
    'Successful',
    '2 there',
    'delete eni-2',
    '1 there',
    '1 there',
    'delete eni-1',
    '0 there',
  ]);
});

test('a function that is gone may have left interfaces', async () => {
  aws.isThere = false;
  await leave();
  expect(asked.filter((one) => one.startsWith('delete'))).toEqual(['delete eni-2', 'delete eni-1']);
});

test('an interface that Lambda took away meanwhile is no fault', async () => {
  aws.interfaces = { 'eni-1': ['vanishing'] };
  await leave();
  expect(asked.slice(-2)).toEqual(['delete eni-1', '0 there']);
});

test('what Lambda could not do is said in its words', async () => {
  aws.update = ['InProgress', 'Failed'];
  await expect(leave()).rejects.toThrow('people stays in the VPC: no right');
  expect(asked.some((one) => one.startsWith('delete'))).toBe(false);
});

test('ends when its time is over', async () => {
  aws.interfaces = { 'eni-1': ['in-use'] };
  const stop = new AbortController();
  const looked = leave(stop.signal);
  await vi.waitUntil(() => asked.filter((one) => one === '1 there').length > 2, { timeout: 60_000 });
  stop.abort(new Error('late'));
  await expect(looked).rejects.toThrow();
});
