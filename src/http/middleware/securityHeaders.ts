import type { RequestHandler, Response } from 'express';

/*
 * Pages hold no script (but for the query page) and no inline style, and load nothing from elsewhere. Forms go to this service only. The
 * policy also covers what a browser might make of an RDF document.
 */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/* The editor of the query page: our own scripts, which ask our own addresses. No inline script, no eval. */
const scripted = [policy, "script-src 'self'", "connect-src 'self'"].join('; ');

/** Lets the page that is answered run the scripts of this service. */
export function allowOwnScripts(res: Response): void {
  res.setHeader('Content-Security-Policy', scripted);
}

export function securityHeaders(): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('Content-Security-Policy', policy);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Referrer-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    next();
  };
}
