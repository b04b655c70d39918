import type { Request, Response } from 'express';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { Fault } from '../faults.js';
import type { Visibility } from '../graph/dataset.js';
import { alreadyHas, formatTag, wantsAnother, type Tag } from './etag.js';
import { info, visibility } from './context.js';
import type { Offer } from './formats.js';
import { tellThen, thenMark } from './history/then.js';

/** Which restricted datasets an answer may hold, as a short mark: two visibilities never share an entity tag. */
function visibilityMark({ restricted }: Visibility): string {
  if (restricted === '*') return '.all';
  if (restricted.length === 0) return '';
  return `.${createHash('sha256').update(JSON.stringify(restricted.toSorted())).digest('hex').slice(0, 12)}`;
}

/** Sets the headers of a representation (RFC 9110 §8) of a state and returns its tag. */
export function tagged(res: Response, offer: Pick<Offer, 'name' | 'contentType'>, state: number): Tag {
  const { language, credentialed } = info(res);
  const page = offer.name === 'html' ? `.${language}` : '';
  const tag = { state, representation: `${offer.name}${page}${visibilityMark(visibility(res))}${thenMark(res)}` };
  res.setHeader('ETag', formatTag(tag));
  res.setHeader('Cache-Control', credentialed ? 'private, max-age=0, must-revalidate' : 'public, max-age=0, must-revalidate');
  res.setHeader('Content-Type', offer.contentType);
  vary(res);
  tellThen(res, credentialed);
  return tag;
}

/**
 * As `tagged`, and answers 304 when the client has it already. Call it before any costly work, with the state (commit
 * number) the answer will show.
 *
 * @returns true when the answer was given.
 * @throws Fault precondition-failed when `If-Match` asks for a representation that is no longer the current one.
 */
export function answeredUnchanged(req: Request, res: Response, offer: Pick<Offer, 'name' | 'contentType'>, state: number): boolean {
  const tag = tagged(res, offer, state);
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  if (wantsAnother(req.get('if-match'), tag)) {
    throw new Fault('precondition-failed', {
      nl: 'De ETag in If-Match is niet (meer) die van dit antwoord. Laat die kop weg om het huidige te krijgen.',
      en: 'The entity tag in If-Match is not, or no longer, that of this answer. Leave that header out to get the current one.',
    });
  }
  if (!alreadyHas(req.get('if-none-match'), tag)) return false;
  res.removeHeader('Content-Type');
  res.status(304).end();
  return true;
}

export function vary(res: Response): void {
  res.setHeader('Vary', ['Accept, Accept-Encoding, Authorization', ...alsoVaries(res)].join(', '));
}

/** Adds a request header that this answer depends on, whatever is said of it later. */
export function varyAlso(res: Response, header: string): void {
  res.locals['vary'] = [...alsoVaries(res), header];
}

function alsoVaries(res: Response): readonly string[] {
  return (res.locals['vary'] as readonly string[] | undefined) ?? [];
}

/** Marks an answer that must not be stored: outcomes of writes, pages of a session. */
export function noStore(res: Response): void {
  res.setHeader('Cache-Control', 'no-store');
  vary(res);
}

/** Sends text with an explicit type; Express must not add a tag of its own. */
export function sendText(res: Response, contentType: string, body: string | Uint8Array): void {
  res.setHeader('Content-Type', contentType);
  vary(res);
  res.end(body);
}

export function sendJson(res: Response, body: unknown, contentType = 'application/json'): void {
  sendText(res, contentType, `${JSON.stringify(body, null, 2)}\n`);
}

/** Writes a stream of text at the pace of the client; stops reading when the client goes away. */
export async function sendStream(req: Request, res: Response, chunks: AsyncIterable<string>): Promise<void> {
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  try {
    for await (const chunk of chunks) {
      if (gone.signal.aborted) return;
      if (!res.write(chunk)) await once(res, 'drain', { signal: gone.signal });
    }
    res.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    if (!res.headersSent) throw error;
    /* A client must see that the answer broke off, not take it for the whole. */
    res.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
