import { statSync } from 'node:fs';
import type { Request, Response } from 'express';
import { Fault } from '../faults.js';
import { parseTagList } from './etag.js';
import { vary } from './send.js';

/** Headers that an answer without the file does not have. */
const ofTheFile = ['ETag', 'Repr-Digest', 'Content-Disposition', 'Content-Type', 'Cache-Control'];

export interface SentFile {
  readonly path: string;
  readonly contentType: string;
  /** SHA-256 in hexadecimal: what the entity tag is made of. */
  readonly sha256: string;
  /** Name a browser saves it under. */
  readonly name: string;
  readonly isPrivate: boolean;
}

/**
 * Sends a file of ours with ranges, conditions and lengths (RFC 9110 §13, §14): a download that broke off resumes. The
 * file is open from then on, so that it may be replaced meanwhile. Never compressed on the way: ranges are of the file.
 */
export function sendFile(req: Request, res: Response, { path, contentType, sha256, name, isPrivate }: SentFile): Promise<void> {
  res.setHeader('ETag', `"${sha256}"`);
  res.setHeader('Cache-Control', `${isPrivate ? 'private' : 'public'}, max-age=0, must-revalidate, no-transform`);
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.setHeader('Content-Type', contentType);
  res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
  vary(res);
  const tags = parseTagList(req.get('if-none-match'));
  if (tags === '*' || tags?.some(({ opaque }) => opaque === sha256)) {
    res.removeHeader('Content-Type');
    res.status(304).end();
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    res.sendFile(path, { etag: false, lastModified: false, cacheControl: false, acceptRanges: true, dotfiles: 'allow' }, (error?: Error & { status?: number }) => {
      // A client that leaves is no fault.
      if (!error || res.headersSent) return resolve();
      if (error.status !== 412 && error.status !== 416) return reject(error);
      for (const header of ofTheFile) res.removeHeader(header);
      if (error.status === 412) return reject(changedMeanwhile());
      beyondTheEnd(res, path);
      resolve();
    });
  });
}

/** RFC 9110 §13.1: what the client asked for is not this file any more. */
function changedMeanwhile(): Fault {
  return new Fault('precondition-failed', {
    nl: 'Dit bestand is niet (meer) dat van uw voorwaarde (If-Match of If-Unmodified-Since). Laat die kop weg om het huidige te krijgen.',
    en: 'This file is not, or no longer, the one of your condition (If-Match or If-Unmodified-Since). Leave that header out to get the current one.',
  });
}

/** RFC 9110 §15.5.17: says how long the file is. */
function beyondTheEnd(res: Response, path: string): void {
  res.setHeader('Content-Range', `bytes */${statSync(path).size}`);
  res.status(416).end();
}
