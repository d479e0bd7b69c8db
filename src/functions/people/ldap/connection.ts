import { connect, type TLSSocket } from 'node:tls';
import { element, sequence } from '../../../certificate/x509/der.ts';
import { type Element, extent, integer, numberOf, readElements } from './ber.ts';

/** LDAP over TLS. */
export const LDAPS_PORT = 636;

/** Where the directory is, and whom its certificate must be of. */
export interface LdapTarget {
  readonly host: string;
  readonly port: number;
  /** PEM of the one authority that is trusted. */
  readonly authority: string;
}

/** What came for one request: the entries of a search, and the operation that ended it with its controls. */
export interface Reply {
  readonly entries: readonly Buffer[];
  readonly result: Buffer;
  readonly controls: Buffer;
}

interface Waiting {
  readonly entries: Buffer[];
  done(reply: Reply): void;
  fail(cause: unknown): void;
}

/** How long an answer is waited for; a connection may rest for as long as nobody waits. */
const PATIENCE = 20_000;
/** The longest message that is read: an entry with 2,000 keys has a tenth of it. */
const MOST_BYTES = 8 * 2 ** 20;
const ENTRY = 0x64;
const REFERENCE = 0x73;

/**
 * A connection over TLS on which requests may be under way side by side. Once it is lost all that waits fails, and all
 * that comes: it is never opened again behind the back of who uses it, for that would be a connection without a bind.
 */
export class Connection {
  readonly #socket: TLSSocket;
  readonly #waiting = new Map<number, Waiting>();
  #chunks: Buffer[] = [];
  #size = 0;
  #last = 0;
  #lost: Error | undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setNoDelay(true).setTimeout(0);
    socket.on('timeout', () => socket.destroy(new Error('LDAP: no answer in time')));
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (cause) => this.#end(cause));
    socket.on('close', () => this.#end(new Error('LDAP: the connection was closed')));
  }

  /** Opens a connection once the server has proved to be the target's host. Throws what the network or TLS says. */
  static open({ host, port, authority }: LdapTarget, stop: AbortSignal): Promise<Connection> {
    // Node.js takes its own list of authorities where it is given none.
    if (!authority.includes('-----BEGIN CERTIFICATE-----')) throw new Error('LDAP: no authority to trust');
    stop.throwIfAborted();
    return new Promise((done, fail) => {
      const socket = connect({ host, port, ca: authority, servername: host, minVersion: 'TLSv1.2' });
      const abort = () => socket.destroy(stop.reason);
      stop.addEventListener('abort', abort, { once: true });
      socket.once('close', () => stop.removeEventListener('abort', abort));
      socket.once('error', fail);
      socket.setTimeout(PATIENCE, () => socket.destroy(new Error('LDAP: no connection in time')));
      socket.once('secureConnect', () => {
        socket.removeAllListeners('timeout').removeListener('error', fail);
        done(new Connection(socket));
      });
    });
  }

  /** Sends an operation and waits for what ends it. */
  request(operation: Buffer, control?: Buffer): Promise<Reply> {
    return new Promise((done, fail) => {
      if (this.#lost) return fail(this.#lost);
      const id = ++this.#last;
      this.#waiting.set(id, { entries: [], done, fail });
      this.#socket.setTimeout(PATIENCE);
      this.#socket.write(sequence(integer(id), operation, ...(control ? [element(0xa0, control)] : [])));
    });
  }

  /** Says goodbye. */
  close(): void {
    if (!this.#lost) this.#socket.end(sequence(integer(++this.#last), element(0x42)));
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    try {
      this.#read();
    } catch (thrown) {
      this.#socket.destroy(thrown as Error);
    }
  }

  /** Hands on the messages that are complete. Chunks are put together only when the next message is: a long one comes in many. */
  #read(): void {
    while (this.#chunks.length > 0) {
      if (this.#chunks[0]!.length < 6) this.#chunks = [Buffer.concat(this.#chunks)];
      const size = extent(this.#chunks[0]!);
      if (size === undefined) return;
      if (size.end > MOST_BYTES) throw new RangeError(`LDAP: a message of more than ${MOST_BYTES} bytes`);
      if (size.end > this.#size) return;
      const data = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      this.#hand(data.subarray(size.start, size.end));
      this.#size -= size.end;
      this.#chunks = this.#size > 0 ? [data.subarray(size.end)] : [];
    }
  }

  #hand(message: Buffer): void {
    const [id, operation, controls] = readElements(message) as [Element, Element, Element?];
    const number = numberOf(id.body);
    if (number === 0) throw new Error('LDAP: the directory ends the connection');
    const waiting = this.#waiting.get(number);
    if (!waiting || operation.tag === REFERENCE) return;
    if (operation.tag === ENTRY) {
      waiting.entries.push(operation.body);
      return;
    }
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#socket.setTimeout(0);
    const { entries, done } = waiting;
    done({ entries, result: operation.body, controls: controls?.body ?? Buffer.alloc(0) });
  }

  #end(cause: Error): void {
    this.#lost ??= cause;
    for (const { fail } of this.#waiting.values()) fail(this.#lost);
    this.#waiting.clear();
  }
}
