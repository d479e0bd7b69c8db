import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer's target group and a directory, as AWS answers for them; what no emulator here does with health. */
export interface FakeBalancer {
  readonly url: string;
  /** Status of each domain controller by address; undefined: there is no directory. */
  controllers: Record<string, string> | undefined;
  /** How many controllers DescribeDomainControllers gives at once. */
  pageSize: number;
  /** State of each target by address; undefined: there is no target group. */
  targets: Record<string, string> | undefined;
  /** Zones that targets were registered with. */
  readonly zones: Record<string, string | undefined>;
  /** The state of a target at each look, in order; the last one stays. */
  healthOf: Record<string, string[]>;
  /** Requests that changed something, in order: `+10.0.0.10`, `-10.0.0.10`. */
  readonly changes: string[];
  /** Called before each request. */
  before: (operation: string) => void;
  /** An operation that is refused for good. */
  refused: string | undefined;
  reset(): void;
  stop(): Promise<void>;
}

export const GROUP_ARN = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/ldaps/0123456789abcdef';
export const DIRECTORY_ID = 'd-0123456789';

/** Starts it on a free port of 127.0.0.1: two active controllers, no targets. */
export async function startFakeBalancer(): Promise<FakeBalancer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = request.headers['x-amz-target'];
    const operation = typeof target === 'string' ? target.split('.')[1]! : new URLSearchParams(body).get('Action')!;
    fake.before(operation);
    const [status, text] =
      operation === fake.refused
        ? [400, failure('ValidationError')]
        : typeof target === 'string'
          ? controllers(JSON.parse(body))
          : targets(new URLSearchParams(body));
    response.writeHead(status).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const fresh = () => ({
    controllers: { '10.0.0.10': 'Active', '10.0.1.10': 'Active' } as Record<string, string>,
    pageSize: 10,
    targets: {} as Record<string, string>,
    healthOf: {},
    before: () => {},
    refused: undefined,
  });
  const fake: FakeBalancer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...fresh(),
    zones: {},
    changes: [],
    reset() {
      Object.assign(fake, fresh());
      fake.changes.length = 0;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return fake;

  function controllers(asked: { DirectoryId: string; NextToken?: string }): [number, string] {
    if (!fake.controllers || asked.DirectoryId !== DIRECTORY_ID)
      return [400, '{"__type":"EntityDoesNotExistException"}'];
    const from = Number(asked.NextToken ?? 0);
    const all = Object.entries(fake.controllers).map(([DnsIpAddr, Status]) => ({ DnsIpAddr, Status }));
    const to = from + fake.pageSize;
    return [
      200,
      JSON.stringify({ DomainControllers: all.slice(from, to), ...(to < all.length && { NextToken: `${to}` }) }),
    ];
  }

  function targets(form: URLSearchParams): [number, string] {
    const operation = form.get('Action')!;
    if (!fake.targets || form.get('TargetGroupArn') !== GROUP_ARN) return [400, failure('TargetGroupNotFound')];
    const named = [...form].flatMap(([key, value]) => (/^Targets\.member\.\d+\.Id$/.test(key) ? [value] : []));
    for (const address of operation === 'RegisterTargets' ? named : []) {
      fake.changes.push(`+${address}`);
      fake.targets[address] = 'initial';
      fake.zones[address] = form.get('Targets.member.1.AvailabilityZone') ?? undefined;
    }
    for (const address of operation === 'DeregisterTargets' ? named : []) {
      fake.changes.push(`-${address}`);
      delete fake.targets[address];
    }
    if (operation !== 'DescribeTargetHealth') return answer(operation, '');
    const members = Object.keys(fake.targets).map((address) => {
      const [next, ...rest] = fake.healthOf[address] ?? [];
      if (next !== undefined) fake.targets![address] = next;
      if (rest.length > 0) fake.healthOf[address] = rest;
      const state = fake.targets![address]!;
      const reason = state === 'healthy' ? '' : '<Reason>Target.FailedHealthChecks</Reason>';
      return `<member><Target><Id>${address}</Id><Port>389</Port></Target><TargetHealth><State>${state}</State>${reason}</TargetHealth></member>`;
    });
    return answer(operation, `<TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions>`);
  }
}

function answer(operation: string, result: string): [number, string] {
  return [200, `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`];
}

function failure(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
}
