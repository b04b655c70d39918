import type { RequestHandler } from 'express';
import { codedTag } from '../etag.js';

/**
 * A strong entity tag must differ between content codings (RFC 9110 §8.8.3). `compression` decides only when headers
 * are written, so this waits for that moment; it must be registered before `compression`.
 */
export function codedEtag(): RequestHandler {
  return (_req, res, next) => {
    const writeHead = res.writeHead;
    res.writeHead = function patched(this: typeof res, ...args: Parameters<typeof writeHead>) {
      const coding = res.getHeader('content-encoding');
      const etag = res.getHeader('etag');
      if (typeof coding === 'string' && coding !== 'identity' && typeof etag === 'string') res.setHeader('ETag', codedTag(etag, coding));
      return Reflect.apply(writeHead, this, args);
    } as typeof writeHead;
    next();
  };
}
