import type { Request, RequestHandler, Response } from 'express';
import { faultKinds, type FaultData } from '../../faults.js';
import { parseAccept, prefersHtml } from '../accept.js';
import { info } from '../context.js';
import type { Deps } from '../deps.js';
import { asFault, problemLanguage } from '../problems.js';
import { noStore, sendJson } from '../send.js';

/** Media type of JSON:API 1.1 (§5.1), which the services of LBLOD speak. */
export const jsonApiType = 'application/vnd.api+json';

export function asksJsonApi(req: Request): boolean {
  return parseAccept(req.get('accept') ?? '').some(({ type, subtype, q }) => q > 0 && `${type}/${subtype}` === jsonApiType);
}

/** A document that changes from moment to moment: never from a cache unasked. */
export function sendJsonApi(res: Response, body: unknown, status = 200): void {
  res.status(status);
  noStore(res);
  sendJson(res, body, jsonApiType);
}

/** The error document of a fault (JSON:API 1.1 §11.2). */
function errorDocument(base: string, fault: FaultData, req: Request, res: Response): unknown {
  const { status, title } = faultKinds[fault.code];
  const language = problemLanguage(req, res);
  const { links = {}, ...meta } = fault.extra ?? {};
  return {
    errors: [
      {
        id: info(res).id,
        status: String(status),
        code: fault.code,
        title: title[language],
        detail: fault.detail[language],
        links: { about: `${base}problemen/${fault.code}`, ...Object(links) },
        ...(Object.keys(meta).length === 0 ? {} : { meta }),
      },
    ],
  };
}

/** A handler whose faults are answered as its clients expect: a page for a browser, else a JSON:API error. */
export function jsonApi(deps: Deps, handler: (req: Request, res: Response) => Promise<void> | void): RequestHandler {
  return async (req, res) => {
    try {
      await handler(req, res);
    } catch (error) {
      const fault = asFault(error, info(res).id);
      const { status } = faultKinds[fault.code];
      if (res.headersSent || status === 500 || prefersHtml(req.get('accept'))) throw error;
      for (const header of ['ETag', 'Content-Disposition', 'Repr-Digest', 'Content-Encoding']) res.removeHeader(header);
      if (fault.retryAfter !== undefined || status === 503) res.setHeader('Retry-After', String(fault.retryAfter ?? 1));
      sendJsonApi(res, errorDocument(deps.graph.base, fault, req, res), status);
    }
  };
}
