import type { RequestHandler } from 'express';

const exposed = 'ETag, Link, Location, Allow, Retry-After, Accept-Ranges, Content-Range, Repr-Digest, Content-Location, X-Request-Id, Regiograaf-Commit, Memento-Datetime';

/**
 * Open to every origin (Fetch standard, CORS protocol). Nothing here is authorised by a cookie except the pages under
 * `/laden`, whose forms carry their own secret, so an open origin gives a foreign page no more than any client has.
 */
export function cors(): RequestHandler {
  return (req, res, next) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Access-Control-Expose-Headers', exposed);
    if (req.method === 'OPTIONS' && req.get('access-control-request-method') !== undefined) {
      res.setHeader('Access-Control-Allow-Headers', 'Accept, Accept-Datetime, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Range, X-Request-Id');
      res.setHeader('Access-Control-Max-Age', '86400');
    }
    next();
  };
}
