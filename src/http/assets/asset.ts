import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { choose } from '../accept.js';

type Coding = 'br' | 'gzip';

/** A file of the package for browsers. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

const codings: readonly { readonly mediaType: `coding/${Coding}` }[] = [{ mediaType: 'coding/br' }, { mediaType: 'coding/gzip' }];
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const compressed = new WeakMap<Asset, Partial<Record<Coding, Promise<Buffer>>>>();

/** The coding to send, from `Accept-Encoding` (RFC 9110 §12.5.3): its members are weighed as media ranges of one main type. */
function codingFor(header: string | undefined): Coding | undefined {
  const ranges = (header ?? '').split(',').map((member) => member.trim()).filter((member) => member !== '');
  if (ranges.length === 0) return undefined;
  return choose(ranges.map((member) => `coding/${member}`).join(','), codings)?.mediaType.slice('coding/'.length) as Coding | undefined;
}

/** An asset in a coding, compressed once. */
function encoded(item: Asset, coding: Coding): Promise<Buffer> {
  const known = compressed.get(item) ?? {};
  compressed.set(item, known);
  return (known[coding] ??= coding === 'br' ? brotli(item.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }) : zip(item.body));
}

/** Sends an asset whose address changes with its content: it may be kept for ever. */
export async function sendAsset(req: Request, res: Response, item: Asset): Promise<void> {
  const coding = codingFor(req.get('accept-encoding'));
  const body = coding === undefined ? item.body : await encoded(item, coding);
  res.setHeader('Content-Type', item.type);
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  res.setHeader('Vary', 'Accept-Encoding');
  if (coding !== undefined) res.setHeader('Content-Encoding', coding);
  res.setHeader('Content-Length', body.length);
  res.end(body);
}
