import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from './clientAddress.js';
import { Buckets } from './middleware/rateLimit.js';

export interface ConnectionLimits {
  /** Connections that may be open at once, and those of one client. */
  readonly connections: number;
  readonly perClient: number;
  /** Requests a minute of one client; it may open twice as many connections. */
  readonly rateLimit: 'off' | number;
  /** With a proxy in front all connections are the proxy's: then only the total counts. */
  readonly trustedProxies: number;
}

/** Milliseconds in which a new connection is given the time to say what it wants. */
const fresh = 1000;

interface Client {
  open: number;
  /** Connections without a request under way and since when, the longest so first. */
  readonly idle: Map<Socket, number>;
  /** Connections on which a body may be coming in. */
  readonly receiving: Map<Socket, Receiving>;
}

interface Receiving {
  readonly req: IncomingMessage;
  /** Bytes the connection had brought before. */
  readonly before: number;
}

/**
 * The connections that are open. A new one that there is no room for takes the place of the one that has been without a
 * request for longest, or else of the one whose request brought least of its body; of the same client where that one has
 * its share. So who holds connections open keeps nobody out.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #clients = new Map<string, Client>();
  readonly #idle = new Map<Socket, number>();
  readonly #receiving = new Map<Socket, Receiving>();
  readonly #of = new Map<Socket, { readonly name: string; readonly client: Client; answers: number; /** Bytes it had brought when it last had no request. */ before: number }>();
  readonly #opened: Buckets | undefined;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
    if (limits.rateLimit !== 'off' && limits.trustedProxies === 0) this.#opened = new Buckets(limits.rateLimit * 2);
  }

  get open(): number {
    return this.#of.size;
  }

  /** Takes a connection in: `refused` when all others are being answered, `flood` when its client opens them by the thousand. */
  admit(socket: Socket): 'admitted' | 'refused' | 'flood' {
    const proxied = this.#limits.trustedProxies > 0;
    const name = proxied ? '' : clientOf(socket.remoteAddress);
    if (this.#opened && this.#opened.take(name, Date.now()) > 0) return 'flood';
    const { connections, perClient } = this.#limits;
    const known = this.#clients.get(name);
    if (known && !proxied && known.open >= perClient && !this.#takesPlaceOf(known)) return 'refused';
    if (this.#of.size >= connections && !this.#takesPlaceOf({ idle: this.#idle, receiving: this.#receiving })) return 'refused';
    // Whose last connection had to go is known no more.
    const client = this.#clients.get(name) ?? { open: 0, idle: new Map(), receiving: new Map() };
    this.#clients.set(name, client);
    client.open += 1;
    this.#of.set(socket, { name, client, answers: 0, before: 0 });
    this.#rest(socket, client);
    socket.once('close', () => this.#forget(socket));
    return 'admitted';
  }

  /** A request of this connection is under way, until the returned function is called. */
  answering(req: IncomingMessage): () => void {
    const { socket } = req;
    const entry = this.#of.get(socket);
    if (!entry) return () => undefined;
    entry.answers += 1;
    this.#idle.delete(socket);
    entry.client.idle.delete(socket);
    if (hasBody(req)) {
      const receiving = { req, before: entry.before };
      this.#receiving.set(socket, receiving);
      entry.client.receiving.set(socket, receiving);
    }
    return () => {
      entry.answers -= 1;
      this.#receiving.delete(socket);
      entry.client.receiving.delete(socket);
      if (entry.answers > 0 || !this.#of.has(socket)) return;
      entry.before = socket.bytesRead;
      this.#rest(socket, entry.client);
    };
  }

  #rest(socket: Socket, client: Client): void {
    const now = performance.now();
    this.#idle.set(socket, now);
    client.idle.set(socket, now);
  }

  #takesPlaceOf({ idle, receiving }: Pick<Client, 'idle' | 'receiving'>): boolean {
    const [[longest, since] = [undefined, 0]] = idle;
    const given = (longest && performance.now() - since > fresh ? longest : least(receiving)) ?? longest;
    if (!given) return false;
    this.#forget(given);
    given.destroy();
    return true;
  }

  #forget(socket: Socket): void {
    const entry = this.#of.get(socket);
    if (!entry) return;
    this.#of.delete(socket);
    this.#idle.delete(socket);
    this.#receiving.delete(socket);
    entry.client.idle.delete(socket);
    entry.client.receiving.delete(socket);
    entry.client.open -= 1;
    if (entry.client.open === 0) this.#clients.delete(entry.name);
  }
}

/** True for a request that says it has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** The connection that brought least of a body that is not there yet; of several the oldest. */
function least(receiving: Map<Socket, Receiving>): Socket | undefined {
  let [found, fewest]: [Socket | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const [socket, { req, before }] of receiving) {
    // For what is there somebody works.
    if (req.complete) {
      receiving.delete(socket);
      continue;
    }
    const brought = socket.bytesRead - before;
    if (brought < fewest) [found, fewest] = [socket, brought];
  }
  return found;
}
