import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Iterable<string>;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly milliseconds: number;
}

/** A plain client: one request, as long as it takes. */
export async function call(agent: Agent, url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Reply> {
  const started = performance.now();
  const request = httpRequest(url, { agent, method, headers });
  const answered = new Promise<Reply>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      text(response).then(
        (content) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: content, milliseconds: performance.now() - started }),
        reject,
      );
    });
  });
  if (body === undefined || typeof body === 'string') request.end(body);
  else await Promise.race([pipeline(Readable.from(body), request), answered]);
  return answered;
}
