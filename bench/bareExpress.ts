import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

export interface BareJob {
  readonly headers: Readonly<Record<string, string>>;
  /** Base 64. */
  readonly body: string;
}

/** One Express route that sends given bytes, and nothing else: what any service on Express could reach at best. */
process.on('message', ({ headers, body }: BareJob) => {
  const bytes = Buffer.from(body, 'base64');
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/bare', (_req, res) => {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.end(bytes);
  });
  const server = createServer(app);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${port}` });
  });
});
