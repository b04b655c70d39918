import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Fault } from '../../faults.js';
import { streamSubject } from '../../publication/delta/names.js';
import type { DumpRow } from '../../publication/delta/rows.js';
import { testStream, type DeltaStream } from '../../publication/delta/streams.js';
import { fields } from '../context.js';
import type { Deps } from '../deps.js';
import { asksJsonApi, jsonApi, sendJsonApi } from './jsonApi.js';
import { datasetResource, deltaFileResource, distributionResource, dumpFileResource, type Resource } from './documents.js';
import type { SyncSessions } from './sessions.js';
import { afterClosings, allStreams, firstDump, streamOf } from './streamAccess.js';

interface Found {
  readonly stream: DeltaStream;
  readonly dump: DumpRow;
}

/** What is asked to come along (JSON:API 1.1 §6.3). */
function includes(req: Request, name: string): boolean {
  return fields(req)
    .all('include')
    .flatMap((list) => list.split(','))
    .some((path) => path === name || path.startsWith(`${name}.`) || path.endsWith(`.${name}`));
}

/** `GET /datasets?filter[subject]=…&filter[:has-no:next-version]=yes`: the dumps, the newest of a stream first. */
async function sendDatasets(deps: Deps, sessions: SyncSessions, req: Request, res: Response): Promise<void> {
  await afterClosings(deps);
  const { base } = deps.graph;
  const query = fields(req);
  const subject = query.one('filter[subject]') ?? query.one('filter[:exact:subject]');
  const isNewestOnly = /^(?:yes|true|t|1)$/iu.test(query.one('filter[:has-no:next-version]') ?? '');
  const found: Found[] = [];
  for (const stream of allStreams(deps)) {
    if (subject !== undefined) {
      if (subject !== streamSubject(base, stream.name)) continue;
      await sessions.admit(req, res, stream);
      if (stream.name !== testStream) await firstDump(deps, stream, res);
    } else if (!(await sessions.mayRead(req, res, stream))) continue;
    const row = deps.delta.source.stream(stream.name);
    const dumps = row ? deps.delta.source.dumps(row) : [];
    found.push(...(isNewestOnly ? dumps.slice(0, 1) : dumps).map((dump) => ({ stream, dump })));
  }
  sendJsonApi(res, {
    links: { self: req.originalUrl },
    data: found.map(({ stream, dump }) => datasetResource(base, stream, dump)),
    ...(includes(req, 'distributions') ? { included: found.flatMap(({ stream, dump }) => [distributionResource(base, stream, dump), dumpFileResource(base, stream, dump)]) } : {}),
    meta: { count: found.length },
  });
}

/** The resources about one dump, by the id of its dataset or of its distribution. */
function dumpHandler(deps: Deps, sessions: SyncSessions, by: 'id' | 'distribution', show: (found: Found, req: Request) => { readonly data: unknown; readonly included?: readonly Resource[] }): RequestHandler {
  return jsonApi(deps, async (req, res) => {
    await afterClosings(deps);
    const id = String(req.params['id']);
    const dump = deps.delta.source.dump(by, id);
    const stream = await streamOf(deps, sessions, req, res, dump, id);
    if (dump) sendJsonApi(res, { links: { self: req.originalUrl }, ...show({ stream, dump }, req) });
  });
}

/** Only when the client speaks JSON:API: the other answers of the path are of the catalogue. */
function ifJsonApi(wanted: (req: Request) => boolean, handler: RequestHandler): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    return wanted(req) ? handler(req, res, next) : next();
  };
}

export interface DatasetHandlers {
  readonly list: RequestHandler;
  readonly one: RequestHandler;
  readonly distributions: RequestHandler;
  readonly distribution: RequestHandler;
  readonly subject: RequestHandler;
  readonly file: RequestHandler;
}

export function datasetHandlers(deps: Deps, sessions: SyncSessions): DatasetHandlers {
  const { base } = deps.graph;
  const isDump = (req: Request): boolean => {
    const id = String(req.params['id']);
    return deps.delta.source.dump('id', id) !== undefined || deps.delta.source.gone(id) !== undefined;
  };
  const withFile = (req: Request, { stream, dump }: Found): { readonly included?: readonly Resource[] } => (includes(req, 'subject') ? { included: [dumpFileResource(base, stream, dump)] } : {});
  return {
    list: ifJsonApi(
      (req) => asksJsonApi(req) || fields(req).entries.some(([name]) => name.startsWith('filter[')),
      jsonApi(deps, (req, res) => sendDatasets(deps, sessions, req, res)),
    ),
    one: ifJsonApi(isDump, dumpHandler(deps, sessions, 'id', ({ stream, dump }) => ({ data: datasetResource(base, stream, dump) }))),
    distributions: dumpHandler(deps, sessions, 'id', (found, req) => ({ data: [distributionResource(base, found.stream, found.dump)], ...withFile(req, found) })),
    distribution: dumpHandler(deps, sessions, 'distribution', (found, req) => ({ data: distributionResource(base, found.stream, found.dump), ...withFile(req, found) })),
    subject: dumpHandler(deps, sessions, 'distribution', ({ stream, dump }) => ({ data: dumpFileResource(base, stream, dump) })),
    file: jsonApi(deps, async (req, res) => {
      await afterClosings(deps);
      const id = String(req.params['id']);
      const file = deps.delta.source.file(id);
      const dump = file ? undefined : deps.delta.source.dump('file', id);
      const stream = await streamOf(deps, sessions, req, res, file ?? dump, id);
      if (file) sendJsonApi(res, { data: deltaFileResource(base, file) });
      else if (dump) sendJsonApi(res, { data: dumpFileResource(base, stream, dump) });
      else throw new Fault('not-found', { nl: `Er is geen bestand ${id}.`, en: `There is no file ${id}.` });
    }),
  };
}
