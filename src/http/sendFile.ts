import type { Request, Response } from 'express';
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
export function sendFile(_req: Request, res: Response, { path, contentType, sha256, name, isPrivate }: SentFile): Promise<void> {
  res.setHeader('ETag', `"${sha256}"`);
  res.setHeader('Cache-Control', `${isPrivate ? 'private' : 'public'}, max-age=0, must-revalidate, no-transform`);
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.setHeader('Content-Type', contentType);
  res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
  vary(res);
  return new Promise((resolve, reject) => {
    res.sendFile(path, { etag: false, lastModified: false, cacheControl: false, acceptRanges: true, dotfiles: 'allow' }, (error?: Error & { status?: number }) => {
      // A client that leaves is no fault; nor is one that asks beyond the end (416), which has its answer.
      if (!error || res.headersSent) resolve();
      else reject(error);
    });
  });
}
