import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { element, sequence } from '../../../../src/certificate/x509/der.ts';
import { issueLeaf, makeAuthority } from '../../../../src/certificate/x509/identity.ts';
import { signerOf } from '../../../../src/certificate/x509/issue.ts';
import { newKey } from '../../../../src/certificate/x509/keys.ts';
import { extent, integer, numberOf, octets, readElements } from '../../../../src/functions/people/ldap/ber.ts';
import type { LdapTarget } from '../../../../src/functions/people/ldap/connection.ts';
import { FakeDirectory, type Modification, Refused, type Stored, type Values } from './directory.ts';
import { matches, shown } from './searching.ts';

/** What is done with a request instead of answering it; `lost`: it is carried out, and the connection breaks before the answer; `endless`: the answer's length is. */
export type Fault = 'broken' | 'lost' | 'silent' | 'endless' | undefined;

/** A request as the server sees it. */
export interface Seen {
  readonly operation: 'bind' | 'search' | 'add' | 'modify' | 'delete';
  readonly dn: string;
  readonly controller: number;
}

/** A load balancer that ends TLS before controllers with one copy of the directory. */
export interface FakeServer {
  readonly directory: FakeDirectory;
  readonly target: LdapTarget;
  /** PEM of its certificate, which the target's authority has issued. */
  readonly certificate: string;
  /** The same authority, with the same key, as it was before it was renewed. */
  readonly olderAuthority: string;
  /** What came, in order. */
  readonly seen: Seen[];
  /** Decides about each request; by default all are answered. */
  fault: (seen: Seen) => Fault;
  /** Which controller the next connection is handed to; by default the first, which is primary. */
  next: () => number;
  /** Controllers that do not have passwords yet that were set at the primary one. They ask it, and let people in. */
  readonly behind: Set<number>;
  stop(): Promise<void>;
}

const OPERATIONS = { 96: 'bind', 99: 'search', 104: 'add', 102: 'modify', 74: 'delete' } as const;
const ANSWERS = { bind: 0x61, search: 0x65, add: 0x69, modify: 0x67, delete: 0x6b } as const;
const KINDS = ['add', 'delete', 'replace'] as const;
const PAGED = '1.2.840.113556.1.4.319';
/** AD's MaxPageSize. */
const MOST = 1000;

/** Starts the server on a free port, with a certificate of an authority of its own. */
export async function startFakeServer(
  directory: FakeDirectory = new FakeDirectory(),
  host = 'localhost',
): Promise<FakeServer> {
  const now = new Date();
  const { publicKey, privateKey } = await newKey();
  const signer = signerOf(publicKey, privateKey);
  const authority = await makeAuthority({ host, days: 2, now }, signer);
  const { certificate: cert, key } = await issueLeaf({ certificate: authority, signer }, { host, days: 1, now });
  const open = new Set<Socket>();
  const server: Server = createServer({ cert, key }, (socket) => {
    socket.setNoDelay(true).on('error', () => {});
    serve(fake, socket, fake.next());
  });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const fake: FakeServer = {
    directory,
    target: { host, port, authority },
    certificate: cert,
    olderAuthority: await makeAuthority({ host, days: 1, now }, signer),
    seen: [],
    fault: () => undefined,
    next: () => 1,
    behind: new Set(),
    stop: () => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return fake;
}

/** Hands connections to the two controllers in turn, as a load balancer does. */
export function takeTurns(fake: FakeServer): void {
  let turn = 0;
  fake.next = () => 1 + (turn++ % 2);
}

function serve(fake: FakeServer, socket: TLSSocket, controller: number): void {
  let data = Buffer.alloc(0);
  const session = { user: undefined as Stored | undefined, pages: new Map<string, readonly Stored[]>() };
  socket.on('data', (chunk: Buffer) => {
    data = Buffer.concat([data, chunk]);
    for (let size = extent(data); size && size.end <= data.length; size = extent(data)) {
      const [id, operation, controls] = readElements(data.subarray(size.start, size.end));
      data = data.subarray(size.end);
      const send = (...parts: Buffer[]) => socket.write(sequence(element(0x02, id!.body), ...parts));
      if (operation!.tag === 0x42) return void socket.end();
      const kind = OPERATIONS[operation!.tag as keyof typeof OPERATIONS];
      const parts = kind === 'delete' ? [] : readElements(operation!.body);
      const dn = (kind === 'delete' ? operation!.body : parts[kind === 'bind' ? 1 : 0]!.body).toString();
      const seen = { operation: kind, dn, controller };
      fake.seen.push(seen);
      const fault = fake.fault(seen);
      if (fault === 'broken') return void socket.destroy();
      if (fault === 'endless') socket.write(Buffer.from('30847fffffff', 'hex'));
      if (fault === 'silent' || fault === 'endless') continue;
      let answer: readonly [number, string, Buffer?] = [0, ''];
      try {
        if (kind === 'bind') session.user = fake.directory.bind(dn, parts[2]!.body.toString());
        else if (kind === 'search') answer = search(parts, controls?.body);
        else write(kind, dn, parts);
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        if (kind === 'bind') session.user = undefined;
        answer = [thrown.code, thrown.message];
      }
      if (fault === 'lost') return void socket.destroy();
      const [code, text, control] = answer;
      const result = element(ANSWERS[kind], integer(code, 0x0a), octets(''), octets(text));
      send(result, ...(control ? [element(0xa0, control)] : []));

      function search(asked: typeof parts, asking: Buffer | undefined): readonly [number, string, Buffer?] {
        const [base, scope, , , , , filter, wanted] = asked;
        const attributes = readElements(wanted!.body).map(({ body }) => body.toString());
        let found =
          base!.body.length === 0
            ? [rootEntry(fake.directory, controller)]
            : inScope(fake.directory, dn, numberOf(scope!.body)).filter((one) => matches(fake.directory, one, filter!));
        if (fake.behind.has(controller)) found = found.map(before);
        const page = pageOf(asking);
        const begin = page?.cookie ? Number(page.cookie) : 0;
        const most = Math.min(page?.size ?? MOST, MOST);
        for (const entry of found.slice(begin, begin + most)) {
          send(element(0x64, octets(entry.dn), sequence(...shown(fake.directory, entry, attributes))));
        }
        const more = found.length > begin + most;
        if (!page) return more ? [4, '0000203D: SIZE_LIMIT_EXCEEDED'] : [0, ''];
        const cookie = octets(more ? String(begin + most) : '');
        return [0, '', sequence(octets(PAGED), octets(sequence(integer(0), cookie)))];
      }
      function write(what: 'add' | 'modify' | 'delete', at: string, asked: typeof parts): void {
        if (!session.user) throw new Refused(1, '000004DC: LdapErr: a successful bind must be completed');
        if (what === 'add') fake.directory.add(at, new Map(readElements(asked[1]!.body).map(attributeOf)));
        else if (what === 'modify') fake.directory.modify(at, readElements(asked[1]!.body).map(modificationOf));
        else fake.directory.delete(at);
      }
    }
  });
}

/** What is asked about the controller itself. */
function rootEntry({ now }: FakeDirectory, controller: number): Stored {
  const time = new Date(now()).toISOString().replaceAll(/[-:T]|\..*/g, '');
  const values: Values = new Map([
    ['objectclass', ['top']],
    ['dsservicename', [`CN=NTDS Settings,CN=DC${controller}`]],
    ['currenttime', [`${time}.0Z`]],
  ]);
  return { dn: '', guid: Buffer.alloc(16), values };
}

/** An entry before its last change of password. */
function before({ values, ...entry }: Stored): Stored {
  return { ...entry, values: new Map([...values, ['pwdlastset', ['1']]]) };
}

function inScope(directory: FakeDirectory, base: string, scope: number): readonly Stored[] {
  const top = directory.find(base);
  if (scope === 0) return [top];
  return [...directory.entries.values()].filter(({ dn }) => `,${dn.toLowerCase()}`.endsWith(`,${base.toLowerCase()}`));
}

function pageOf(controls: Buffer | undefined): { readonly size: number; readonly cookie: string } | undefined {
  const control =
    controls && readElements(controls).find(({ body }) => readElements(body)[0]!.body.toString() === PAGED);
  if (!control) return undefined;
  const [size, cookie] = readElements(readElements(readElements(control.body).at(-1)!.body)[0]!.body);
  return { size: numberOf(size!.body), cookie: cookie!.body.toString() };
}

function attributeOf({ body }: { readonly body: Buffer }): [string, string[]] {
  const [name, set] = readElements(body);
  return [name!.body.toString().toLowerCase(), readElements(set!.body).map((value) => value.body.toString())];
}

function modificationOf({ body }: { readonly body: Buffer }): Modification {
  const [kind, attribute] = readElements(body);
  const [name, values] = attributeOf(attribute!);
  return [KINDS[numberOf(kind!.body)]!, name, values];
}
