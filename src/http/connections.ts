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

interface Client {
  open: number;
  /** Connections without a request under way, the longest so first. */
  readonly idle: Set<Socket>;
}

/**
 * The connections that are open. A new one that there is no room for takes the place of the one that has been without a
 * request for longest, of the same client where that one has its share: who holds connections open keeps nobody out.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #clients = new Map<string, Client>();
  readonly #idle = new Set<Socket>();
  readonly #of = new Map<Socket, { readonly name: string; readonly client: Client; answers: number }>();
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
    if (known && !proxied && known.open >= perClient && !this.#takesPlaceOf(known.idle)) return 'refused';
    if (this.#of.size >= connections && !this.#takesPlaceOf(this.#idle)) return 'refused';
    // Whose last connection had to go is known no more.
    const client = this.#clients.get(name) ?? { open: 0, idle: new Set() };
    this.#clients.set(name, client);
    client.open += 1;
    this.#of.set(socket, { name, client, answers: 0 });
    this.#rest(socket, client);
    socket.once('close', () => this.#forget(socket));
    return 'admitted';
  }

  /** A request of this connection is under way, until the returned function is called. */
  answering(socket: Socket): () => void {
    const entry = this.#of.get(socket);
    if (!entry) return () => undefined;
    entry.answers += 1;
    this.#idle.delete(socket);
    entry.client.idle.delete(socket);
    return () => {
      entry.answers -= 1;
      if (entry.answers === 0 && this.#of.has(socket)) this.#rest(socket, entry.client);
    };
  }

  #rest(socket: Socket, client: Client): void {
    this.#idle.add(socket);
    client.idle.add(socket);
  }

  #takesPlaceOf(idle: ReadonlySet<Socket>): boolean {
    const [longest] = idle;
    if (!longest) return false;
    this.#forget(longest);
    longest.destroy();
    return true;
  }

  #forget(socket: Socket): void {
    const entry = this.#of.get(socket);
    if (!entry) return;
    this.#of.delete(socket);
    this.#idle.delete(socket);
    entry.client.idle.delete(socket);
    entry.client.open -= 1;
    if (entry.client.open === 0) this.#clients.delete(entry.name);
  }
}
