import type { Request } from 'express';

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Where a client asked, as the start of the addresses on a page: some compare them with the address they asked, byte
 * by byte. It is the base, which is right behind any proxy; only a service that lives on this machine alone is also
 * asked under another of the machine's own names.
 */
export function originOf(req: Request, base: string): string {
  const own = new URL(base);
  if (!loopback.test(own.hostname)) return base;
  const host = req.get('host') ?? '';
  const found = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.exec(host);
  return found ? `http://${host.toLowerCase()}${own.pathname}` : base;
}
