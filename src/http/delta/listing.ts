import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { moment } from '../../publication/delta/names.js';
import { fields } from '../context.js';
import { address, type Deps } from '../deps.js';
import { wholeNumber } from '../form.js';
import { deltaFileResource } from './documents.js';
import { sendJsonApi } from './jsonApi.js';
import type { SyncSessions } from './sessions.js';
import { readSince } from './since.js';
import { afterClosings, dumpLinks, notYet, storedStream, streamNamed } from './streamAccess.js';

/** Files in one answer, as LBLOD producers have it; the client asks on from the last. */
const most = 1000;

/** `GET /sync/{stream}/files?since=`: the files later than a moment, oldest first (consumers do not sort). */
export async function sendListing(deps: Deps, sessions: SyncSessions, req: Request, res: Response, name = String(req.params['stream'])): Promise<void> {
  const stream = streamNamed(deps, name);
  await sessions.admit(req, res, stream);
  const query = fields(req);
  const since = readSince(query.one('since'));
  const limit = wholeNumber(query, 'limit', { min: 1, max: most }) ?? wholeNumber(query, 'page[size]', { min: 1, max: most }) ?? most;
  await afterClosings(deps);
  const row = storedStream(deps, stream);
  const { kept } = row;
  if (kept === null) throw notYet();
  if (since !== undefined && since < kept) {
    throw new Fault(
      'gone',
      {
        nl: `Bestanden van voor ${moment(kept)} worden niet bewaard: u mist wijzigingen. Begin opnieuw van de laatste dump.`,
        en: `Files of before ${moment(kept)} are not kept: you are missing changes. Start again from the latest dump.`,
      },
      { extra: { links: dumpLinks(deps, stream), oldest: moment(kept), releaseDate: moment(deps.delta.source.dumps(row)[0]?.released ?? kept) } },
    );
  }
  const from = since ?? kept;
  const { files, more } = deps.delta.source.files(row, from, limit);
  const next = moment(files.at(-1)?.created ?? from);
  const path = address(deps, `/sync/${stream.name}/files`);
  sendJsonApi(res, {
    links: { self: `${path}?since=${moment(from)}`, ...(more ? { next: `${path}?since=${next}` } : {}) },
    data: files.map((file) => deltaFileResource(deps.graph.base, file)),
    meta: {
      stream: stream.name,
      count: files.length,
      more,
      // All files after this moment are kept.
      oldest: moment(kept),
      next,
      commit: row.number,
      // Over the digests of the files, each followed by a line end.
      sha256: files.reduce((hash, { sha256 }) => hash.update(`${sha256}\n`), createHash('sha256')).digest('hex'),
    },
  });
}
