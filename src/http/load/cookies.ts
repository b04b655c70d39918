import type { Request, Response } from 'express';

/** One cookie of a request (RFC 6265 §5.4). */
export function cookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Sets a cookie no script reads and no other site sends; without a value it is removed. */
export function setCookie(res: Response, name: string, value: string | undefined, options: { readonly path: string; readonly secure: boolean; readonly maxAge: number }): void {
  const parts = [`${name}=${value ?? ''}`, `Path=${options.path}`, 'HttpOnly', 'SameSite=Strict', `Max-Age=${value === undefined ? 0 : options.maxAge}`];
  if (options.secure) parts.push('Secure');
  res.append('Set-Cookie', parts.join('; '));
}
