import { once } from 'node:events';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { Fault, faultKinds } from '../../faults.js';
import { info } from '../context.js';
import { requestIdHeader } from './requestId.js';
import type { Deps } from '../deps.js';
import { asFault, sendProblem } from '../problems.js';

/** The last middleware: every error becomes a problem document. What we did not foresee is logged with its id. */
export function errorHandler(deps: Deps): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const { id, path } = info(res);
    if (res.destroyed || (req.destroyed && !req.complete)) {
      deps.log.info({ id, path }, 'client went away');
      res.destroy();
      return;
    }
    const fault = asFault(error, id);
    const { status } = faultKinds[fault.code];
    /* A query that was stopped, or a service that is busy, is no defect: nobody needs the stack. */
    if (status === 503 && error instanceof Fault && error.code !== 'engine-failed') deps.log.warn({ id, path, code: fault.code }, 'fault');
    else if (status >= 500) deps.log.error({ id, path, code: fault.code, err: error }, 'fault');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    // What was refused early has not told it yet.
    res.setHeader(requestIdHeader, id);
    received(req, res).then(() => sendProblem(deps, req, res, fault)).catch(next);
  };
}

/** Milliseconds in which what is left of a refused upload may come in. */
const lingering = 10_000;

/**
 * Whatever is left of a refused upload is read and dropped. A client that asked for the connection to be closed is
 * answered only then: closing on who still sends loses the answer, and many libraries read it after they sent all.
 */
async function received(req: Request, res: Response): Promise<void> {
  if (req.complete) return;
  req.resume();
  if (res.shouldKeepAlive) return;
  await once(req, 'end', { signal: AbortSignal.timeout(lingering) }).catch(() => undefined);
}
