import { statSync } from 'node:fs';
import type { Request, Response } from 'express';
import { parseTagList } from './etag.js';
import { vary } from './send.js';

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
      if (error.status !== 416) return reject(error);
      beyondTheEnd(res, path);
      resolve();
    });
  });
}

/** RFC 9110 §15.5.17: says how long the file is. */
function beyondTheEnd(res: Response, path: string): void {
  for (const header of ['ETag', 'Repr-Digest', 'Content-Disposition', 'Content-Type']) res.removeHeader(header);
  res.setHeader('Content-Range', `bytes */${statSync(path).size}`);
  res.status(416).end();
}
