import type { ErrorRequestHandler } from 'express';
import { faultKinds } from '../../faults.js';
import { info } from '../context.js';
import type { Deps } from '../deps.js';
import { asFault, sendProblem } from '../problems.js';

/** The last middleware: every error becomes a problem document. What we did not foresee is logged with its id. */
export function errorHandler(deps: Deps): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const { id, path } = info(res);
    const fault = asFault(error, id);
    if (faultKinds[fault.code].status >= 500) deps.log.error({ id, path, code: fault.code, err: error }, 'fault');
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    /* An upload that is refused half-way is not read to its end: the connection closes with the answer. */
    if (!req.complete) res.setHeader('Connection', 'close');
    sendProblem(deps, req, res, fault).catch(next);
  };
}
