import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { newInfo, setInfo } from '../context.js';

const acceptable = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives every request an id, the client's own when it is a plain one, and says it back in `X-Request-Id`. */
export function requestId(): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const id = given !== undefined && acceptable.test(given) ? given : randomUUID();
    setInfo(res, newInfo(id));
    res.setHeader('X-Request-Id', id);
    next();
  };
}
