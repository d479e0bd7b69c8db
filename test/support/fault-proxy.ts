import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with a request: hands it on, cuts the connection before or after the server has acted, or answers itself. */
export type Fate = 'pass' | 'cut' | 'loseAnswer' | 403 | 409 | 500 | 503 | SaidError;

/** A server, or which one a request is for. */
export type Upstream = string | ((request: SeenRequest) => string);

/** An error in the words of a service: XML, or JSON to who speaks JSON. */
export interface SaidError {
  readonly status: number;
  readonly code: string;
}

/** A request as the proxy saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** The action, where the service is of the query protocol or of JSON's. */
  readonly action: string;
  /** Whether it carried credentials. */
  readonly signed: boolean;
}

/** An HTTP proxy in front of a server of a test. */
export interface FaultProxy {
  readonly url: string;
  /** All requests so far, in the order in which they came. */
  readonly seen: SeenRequest[];
  /** Decides on a request; it may wait. The number counts from 1 since the last reset. Passes everything by default. */
  decide: (number: number, request: SeenRequest) => Fate | Promise<Fate>;
  /** Forgets the requests, and passes everything again. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 in front of other servers. */
export async function startFaultProxy(upstream: Upstream): Promise<FaultProxy> {
  const server = createServer((request, response) => void handle(request, response));
  const proxy: FaultProxy = {
    url: '',
    seen: [],
    decide: () => 'pass',
    reset() {
      proxy.seen.length = 0;
      proxy.decide = () => 'pass';
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // the client went away
    }
    const target = /\.(\w+)$/.exec(String(request.headers['x-amz-target'] ?? ''))?.[1];
    const body = Buffer.concat(chunks);
    const seen = {
      method: request.method!,
      url: request.url!,
      action: target ?? /(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? '',
      signed: request.headers.authorization !== undefined,
    };
    const fate = await proxy.decide(proxy.seen.push(seen), seen);
    if (request.socket.destroyed) return; // the client gave up meanwhile
    if (fate === 'cut') request.socket.destroy();
    else if (typeof fate === 'number') response.writeHead(fate).end();
    else if (typeof fate === 'object') sayError(fate, request, body, response);
    else
      forward(typeof upstream === 'string' ? upstream : upstream(seen), request, body, response, fate === 'loseAnswer');
  }

  function forward(to: string, request: IncomingMessage, body: Buffer, response: ServerResponse, lose: boolean): void {
    const { method, headers } = request;
    const onward = send(to + request.url, { method: method!, headers }, (answer) => {
      if (lose) {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    onward.end(body);
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(proxy, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** Says an error in the protocol of who asks: JSON by target or by dated paths, EC2's XML, the other XML. */
function sayError(
  { status, code }: SaidError,
  { url, headers }: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): void {
  const message = `The test says ${code}.`;
  const speaksJson = headers['x-amz-target'] !== undefined || /^\/\d{4}-\d\d-\d\d\//.test(url!);
  const type = speaksJson ? (headers['content-type'] ?? 'application/json') : 'text/xml';
  answer.writeHead(status, { 'content-type': type, ...(speaksJson && { 'x-amzn-errortype': code }) });
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const isEc2 = body.includes('Version=2016-11-15');
  if (speaksJson) answer.end(JSON.stringify({ __type: code, message }));
  else if (isEc2) answer.end(`<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`);
  else answer.end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
}
