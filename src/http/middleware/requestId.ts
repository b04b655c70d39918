import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { info, newInfo, setInfo } from '../context.js';

const acceptable = /^[A-Za-z0-9._-]{8,64}$/;

export const requestIdHeader = 'X-Request-Id';

/** Gives every request an id, the client's own when it is a plain one. */
export function requestId(): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const id = given !== undefined && acceptable.test(given) ? given : randomUUID();
    setInfo(res, newInfo(id));
    next();
  };
}

/** Says the id back. Not at once: an answer without headers so far is sent fastest when all are given together. */
export function tellRequestId(): RequestHandler {
  return (_req, res, next) => {
    res.setHeader(requestIdHeader, info(res).id);
    next();
  };
}
