import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connections, type ConnectionLimits } from './connections.js';
import { SlowSenders } from './slowSenders.js';

/** Milliseconds for the head of a request, and between two looks at who is late with it. */
const headTimeout = 20_000;
const between = 5_000;
/** Milliseconds an idle connection stays: longer than those of proxies, so that they never ask on one that is being closed. */
const keepAlive = 65_000;

const body = JSON.stringify({
  type: 'about:blank',
  title: 'Te druk, probeer straks opnieuw / Busy, try again shortly',
  status: 503,
  code: 'busy',
  detail: 'Er zijn te veel verbindingen tegelijk open. Sluit er, of probeer het over enkele seconden opnieuw. / Too many connections are open at once. Close some, or try again in a few seconds.',
});
const full = `HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n${body}`;

/** A server that holds no more connections than it can serve, and none for who sends next to nothing. */
export function createLimitedServer(listener: RequestListener, limits: ConnectionLimits & { /** Milliseconds over which a body must come in. */ readonly bodyWindow?: number }): Server {
  // The time of a whole request is not limited: a large upload may take long, as long as it comes.
  const server = createServer({ headersTimeout: headTimeout, requestTimeout: 0, keepAliveTimeout: keepAlive, connectionsCheckingInterval: between });
  const connections = new Connections(limits);
  const slow = new SlowSenders(limits.bodyWindow);
  server.on('request', (req, res) => {
    res.once('close', connections.answering(req));
    slow.watch(req, res);
    listener(req, res);
  });
  guard(server, connections);
  server.once('close', () => slow.close());
  return server;
}

/** Decides before anything is made for a connection: of a flood, that would be most of the work. */
function guard(server: Server, connections: Connections): void {
  const accept = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    switch (connections.admit(socket)) {
      case 'flood':
        socket.destroy();
        return;
      case 'refused':
        socket.on('error', () => undefined);
        socket.end(full, () => socket.destroy());
        return;
      case 'admitted':
        for (const listener of accept) Reflect.apply(listener, server, [socket]);
    }
  });
}
