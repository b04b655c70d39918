import type { RequestHandler, Router } from 'express';
import { Fault } from '../faults.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Registers a resource with everything RFC 9110 asks of it: HEAD with GET (§9.3.2), OPTIONS (§9.3.7), and 405 with
 * `Allow` (§15.5.6) for the methods it does not have.
 */
export function route(router: Router, path: string | readonly string[], handlers: Partial<Record<Method, RequestHandler>>): void {
  const resource = router.route([...(typeof path === 'string' ? [path] : path)]);
  const allowed: string[] = [];
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    const handler = handlers[method];
    if (!handler) continue;
    resource[method](handler);
    allowed.push(...(method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  }
  const allow = [...allowed, 'OPTIONS'].join(', ');
  resource.options((_req, res) => {
    res.setHeader('Allow', allow);
    res.setHeader('Access-Control-Allow-Methods', allow);
    res.status(204).end();
  });
  resource.all((req, res) => {
    res.setHeader('Allow', allow);
    throw new Fault('method-not-allowed', {
      nl: `${req.method} kan hier niet. Wel: ${allow}.`,
      en: `${req.method} is not possible here. Possible: ${allow}.`,
    });
  });
}
