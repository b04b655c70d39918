import type { RequestHandler } from 'express';
import { Fault } from '../../faults.js';
import { info } from '../context.js';
import type { AppOptions } from '../options.js';

/** Finds out who asks (RFC 6750 §2.1). A token that is given must be right: a wrong one is never just anonymous. */
export function authenticate(verifyToken: AppOptions['verifyToken']): RequestHandler {
  return async (req, res, next) => {
    const header = req.get('authorization');
    // Some harvesters and LDES clients know only keys.
    const key = req.get('x-api-key');
    if (header !== undefined || key !== undefined) {
      const token = header === undefined ? key : /^Bearer +(\S+) *$/i.exec(header)?.[1];
      const principal = token === undefined ? undefined : await verifyToken(token);
      if (!principal) {
        throw new Fault('unauthorised', {
          nl: 'Dit token is niet (meer) geldig. Stuur "Authorization: Bearer …" met een geldig token.',
          en: 'This token is not or no longer valid. Send "Authorization: Bearer …" with a valid one.',
        });
      }
      info(res).principal = principal;
      info(res).credentialed = true;
    }
    next();
  };
}
