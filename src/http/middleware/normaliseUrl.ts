import type { RequestHandler } from 'express';
import { Fault } from '../../faults.js';
import { info } from '../context.js';
import { queryFields } from '../form.js';

/**
 * Brings a request target to the one form the routers know: without the path of the base IRI, without duplicate
 * slashes, without the language prefix. Refuses targets that are too long or whose percent-encoding is broken.
 */
export function normaliseUrl(options: { readonly basePath: string; readonly maxLength: number }): RequestHandler {
  const base = options.basePath.replace(/\/$/, '');
  return (req, res, next) => {
    if (req.url.length > options.maxLength) {
      throw new Fault('bad-request', {
        nl: `Het adres is langer dan ${options.maxLength} tekens. Stuur lange vragen met POST.`,
        en: `The address is longer than ${options.maxLength} characters. Send long queries with POST.`,
      });
    }
    const at = req.url.indexOf('?');
    let path = (at === -1 ? req.url : req.url.slice(0, at)).replace(/\/{2,}/g, '/');
    const query = at === -1 ? '' : req.url.slice(at);
    try {
      decodeURIComponent(path);
    } catch (cause) {
      throw new Fault('bad-request', { nl: 'Het adres is niet goed gecodeerd (procentcodering).', en: 'The address has broken percent-encoding.' }, { cause });
    }
    if (base !== '' && (path === base || path.startsWith(`${base}/`))) path = path.slice(base.length) || '/';
    const request = info(res);
    if (path === '/en' || path.startsWith('/en/')) {
      path = path.slice(3) || '/';
      request.prefix = '/en';
      request.language = 'en';
    }
    request.path = path;
    req.url = path + query;
    const chosen = queryFields(req.url).all('taal').at(-1);
    if (chosen === 'en' || chosen === 'nl') request.language = chosen;
    next();
  };
}
