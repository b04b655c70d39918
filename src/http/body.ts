import type { Request } from 'express';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Fault } from '../faults.js';

/** Media type of a request without parameters, lower case; '' when absent. */
export function contentType(req: Request): string {
  return (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function charset(req: Request): string {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(req.headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
}

export function tooLarge(limit: number): Fault {
  return new Fault('too-large', {
    nl: `Het verzoek is groter dan ${limit.toLocaleString('nl-BE')} bytes. Stuur een kleiner deel of laat de grens verhogen.`,
    en: `The request is larger than ${limit.toLocaleString('en')} bytes. Send a smaller part or have the limit raised.`,
  });
}

function decoded(req: Request): AsyncIterable<Uint8Array> {
  const coding = (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  switch (coding) {
    case 'identity':
      /* Leaving the loop early must not destroy the request: its connection still has to carry the answer. */
      return req.iterator({ destroyOnReturn: false });
    case 'gzip':
    case 'x-gzip':
      return req.pipe(createGunzip());
    case 'deflate':
      return req.pipe(createInflate());
    case 'br':
      return req.pipe(createBrotliDecompress());
    default:
      throw new Fault('unsupported-media-type', {
        nl: `De codering "${coding}" kennen wij niet. Gebruik gzip, deflate, br of geen.`,
        en: `Content coding "${coding}" is not known. Use gzip, deflate, br or none.`,
      });
  }
}

/** Counts what passes and stops at the limit, measured after decompression (a small bomb must not become a large one). */
async function* limited(stream: AsyncIterable<Uint8Array>, limit: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/** The body of a request as a stream, decompressed and bounded. */
export async function* bodyStream(req: Request, limit: number): AsyncIterable<Uint8Array> {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  try {
    yield* limited(decoded(req), limit);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new Fault('bad-request', { nl: 'Het gecomprimeerde verzoek is beschadigd.', en: 'The compressed request is damaged.' }, { cause: error });
    }
    throw error;
  }
}

/** The body as text. Only UTF-8 is accepted, and only well-formed UTF-8 (SPARQL 1.1 Protocol §2.1.3). */
export async function bodyText(req: Request, limit: number): Promise<string> {
  const encoding = charset(req);
  if (encoding !== 'utf-8' && encoding !== 'utf8' && encoding !== 'us-ascii') {
    throw new Fault('unsupported-media-type', {
      nl: `De tekenset "${encoding}" kennen wij niet. Gebruik UTF-8.`,
      en: `Charset "${encoding}" is not supported. Use UTF-8.`,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyStream(req, limit)) chunks.push(chunk);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new Fault('bad-request', { nl: 'Het verzoek is geen geldige UTF-8-tekst.', en: 'The request is not valid UTF-8.' }, { cause });
  }
}

/** The body as JSON; Fault `bad-request` when it is none. */
export async function bodyJson(req: Request, limit: number): Promise<unknown> {
  const text = await bodyText(req, limit);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new Fault('bad-request', { nl: `Het verzoek is geen geldige JSON: ${reason}`, en: `The request is not valid JSON: ${reason}` }, { cause });
  }
}
