import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { moment } from '../../publication/delta/names.js';
import type { Deps } from '../deps.js';
import { parseTagList } from '../etag.js';
import { vary } from '../send.js';
import { sendFile } from '../sendFile.js';
import type { SyncSessions } from './sessions.js';
import { afterClosings, notYet, streamOf } from './streamAccess.js';

const unzipped = promisify(gunzip);

function acceptsGzip(req: Request): boolean {
  return /(?:^|[,\s])gzip(?!\s*;\s*q=0(?:\.0*)?(?:$|[,\s]))/iu.test(req.get('accept-encoding') ?? '');
}

/** `GET /files/{id}/download`: a delta file or a dump. Consumers do not look at the status, so what is listed is there. */
export async function sendDownload(deps: Deps, sessions: SyncSessions, req: Request, res: Response): Promise<void> {
  const id = String(req.params['id']);
  await afterClosings(deps);
  const { source } = deps.delta;
  const file = source.file(id);
  const dump = file ? undefined : source.dump('file', id);
  const stream = await streamOf(deps, sessions, req, res, file ?? dump, id);
  if (dump) {
    const path = source.dumpPath(dump);
    if (path === undefined) throw notYet();
    res.setHeader('Regiograaf-Commit', String(dump.number));
    const name = `dump-${stream.name}-${moment(dump.released)}.ttl`;
    return sendFile(req, res, { path, contentType: 'text/turtle; charset=utf-8', sha256: dump.sha256, name, isPrivate: stream.closed });
  }
  if (!file) return;
  res.setHeader('ETag', `"${file.sha256}"`);
  res.setHeader('Cache-Control', `${stream.closed ? 'private' : 'public'}, max-age=0, must-revalidate`);
  res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`);
  res.setHeader('Regiograaf-Commit', String(file.number));
  vary(res);
  const tags = parseTagList(req.get('if-none-match'));
  if (tags === '*' || tags?.some(({ opaque }) => opaque.startsWith(file.sha256))) {
    res.status(304).end();
    return;
  }
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Content-Disposition', `attachment; filename="delta-${moment(file.created)}.json"`);
  if (acceptsGzip(req)) {
    res.removeHeader('Repr-Digest');
    res.setHeader('Content-Encoding', 'gzip');
    res.end(file.content);
  } else res.end(await unzipped(file.content));
}
