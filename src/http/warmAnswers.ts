import type { ClientRequest } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { KnowledgeGraph } from '../graph/api.js';
import { info } from './context.js';
import { requestIdHeader } from './middleware/requestId.js';
import { alreadyHas, readTag, type Tag } from './etag.js';

interface Warm {
  readonly head: number;
  readonly path: string;
  /** Names and values in turn: written as they are, without a look-up for each. */
  readonly headers: readonly string[];
  /** Those of a 304 (RFC 9110 §15.4.5). */
  readonly unchanged: readonly string[];
  readonly tag: Tag;
  readonly body: Buffer;
}

/** Bytes of an answer that is worth keeping whole. */
const largest = 256 * 1024;
/** Headers an answer may depend on: with them the answer is made anew. Those of content negotiation are in the key. */
const special = ['authorization', 'cookie', 'range', 'if-match', 'if-modified-since', 'if-unmodified-since', 'accept-datetime', 'prefer'] as const;
const accounted: ReadonlySet<string> = new Set(['accept', 'accept-encoding', ...special]);
/** Headers that belong to one exchange. */
const own: ReadonlySet<string> = new Set(['x-request-id', 'date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Headers of the content, which a 304 has none of. */
const ofContent: ReadonlySet<string> = new Set(['content-type', 'content-encoding']);

/** Says that an answer depends on the address, the negotiated form and the head of the log, and on nothing else. */
export function keepWarm(res: Response): void {
  res.locals['warm'] = true;
}

/**
 * Whole answers, compressed as they went out, for the anonymous caller who asks the same of the same state: as good as
 * a static file. An answer that was made while a commit came in is not kept, and a commit ends them all.
 */
export function warmAnswers(graph: Pick<KnowledgeGraph, 'head'>, maxBytes: number): RequestHandler {
  const kept = new LRUCache<string, Warm>({ maxSize: Math.max(1, maxBytes) });
  return (req, res, next) => {
    const { headers } = req;
    if (req.method !== 'GET' || special.some((name) => headers[name] !== undefined)) return next();
    const { head } = graph;
    const key = `${headers.host ?? ''}\n${headers.accept ?? ''}\n${String(headers['accept-encoding'] ?? '')}\n${req.url}`;
    const warm = kept.get(key);
    if (warm?.head === head) {
      const about = info(res);
      about.path = warm.path;
      const unchanged = headers['if-none-match'] !== undefined && alreadyHas(headers['if-none-match'], warm.tag);
      res.writeHead(unchanged ? 304 : 200, [requestIdHeader, about.id, ...(unchanged ? warm.unchanged : warm.headers)]);
      res.end(unchanged ? undefined : warm.body);
      return;
    }
    const sent = record(res);
    res.once('finish', () => {
      const body = sent();
      if (body === undefined || graph.head !== head || !isKept(res)) return;
      const tag = readTag(String(res.getHeader('etag')).slice(1, -1));
      if (!tag) return;
      const headers = sentHeaders(res, own);
      const unchanged = headers.filter(([name]) => !ofContent.has(name.toLowerCase())).flat();
      kept.set(key, { head, path: info(res).path, headers: [...headers.flat(), 'Content-Length', String(body.length)], unchanged, tag, body }, { size: body.length + key.length + 1000 });
    });
    next();
  };
}

/** The headers of an answer but for some, spelt as they went out; one for each value. */
function sentHeaders(res: Response, but: ReadonlySet<string>): readonly (readonly [name: string, value: string])[] {
  // Every outgoing message has it; the types know it of requests only.
  const names = (res as Response & Pick<ClientRequest, 'getRawHeaderNames'>).getRawHeaderNames().filter((name) => !but.has(name.toLowerCase()));
  return names.flatMap((name) => [res.getHeader(name) ?? []].flat().map((value) => [name, String(value)] as const));
}

function isKept(res: Response): boolean {
  if (res.locals['warm'] !== true || res.statusCode !== 200 || res.getHeader('etag') === undefined) return false;
  return String(res.getHeader('vary') ?? '').toLowerCase().split(',').every((name) => accounted.has(name.trim()));
}

/** Takes down what is written to a response, as the layers below it get it; undefined when that is too long. */
function record(res: Response): () => Buffer | undefined {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: unknown): void => {
    if (size > largest || chunk === undefined || chunk === null || typeof chunk === 'function') return;
    if (chunk instanceof Uint8Array && size + chunk.length > largest) {
      // Nothing of it is copied.
      size += chunk.length;
      chunks.length = 0;
      return;
    }
    const bytes = Buffer.isBuffer(chunk) ? chunk : typeof chunk === 'string' ? Buffer.from(chunk) : chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
    size += bytes?.length ?? largest + 1;
    if (size > largest) chunks.length = 0;
    else if (bytes) chunks.push(bytes);
  };
  const { write, end } = res;
  res.write = function recordedWrite(this: typeof res, ...args: Parameters<typeof write>) {
    take(args[0]);
    return Reflect.apply(write, this, args);
  } as typeof write;
  res.end = function recordedEnd(this: typeof res, ...args: Parameters<typeof end>) {
    take(args[0]);
    return Reflect.apply(end, this, args);
  } as typeof end;
  return () => (size > largest ? undefined : Buffer.concat(chunks));
}
