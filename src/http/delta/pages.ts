import type { Request, Response } from 'express';
import { compareCommand, composeText } from '../../publication/delta/consumerConfig.js';
import { moment, streamSubject } from '../../publication/delta/names.js';
import { testStream, type DeltaStream } from '../../publication/delta/streams.js';
import { streamPage, syncPage, type StreamView } from '../../pages/syncPages.js';
import { viewOf, type Deps } from '../deps.js';
import { htmlOffer, negotiate } from '../formats.js';
import { noStore, sendText } from '../send.js';
import { jsonApiType, sendJsonApi } from './jsonApi.js';
import { afterClosings, allStreams, dumpLinks, streamNamed } from './streamAccess.js';

const offers = [{ mediaType: jsonApiType }, { mediaType: 'application/json' }, htmlOffer];

function viewOfStream(deps: Deps, { name, title, closed }: DeltaStream): StreamView {
  const { source } = deps.delta;
  const row = source.stream(name);
  if (!row) return { name, title, closed, files: 0, omitted: 0 };
  const [dump] = source.dumps(row);
  return {
    name,
    title,
    closed,
    ...source.figures(row),
    ...(dump ? { released: moment(dump.released), statements: dump.statements + dump.tagged } : {}),
    ...(row.kept === null ? {} : { kept: moment(row.kept), last: moment(row.last), commit: row.number }),
  };
}

function resource(deps: Deps, view: StreamView): unknown {
  const { base } = deps.graph;
  const { name, title, ...attributes } = view;
  const self = `${base}sync/${name}`;
  const end = name === testStream ? deps.delta.source.testEnd() : undefined;
  return {
    type: 'streams',
    id: name,
    attributes: { subject: streamSubject(base, name), title, ...attributes, ...(end ? { 'end-state': { count: end.count, sha256: end.sha256 } } : {}) },
    links: {
      self,
      files: `${self}/files`,
      dump: dumpLinks(deps, { name, title, closed: view.closed, scope: '' })['dump'],
      consumer: `${self}/consumer.yml`,
      ...(view.closed ? { login: `${self}/login` } : {}),
      ...(end ? { 'end-state': `${self}/eindtoestand` } : {}),
    },
  };
}

/** `/sync`: the streams there are. */
export async function sendStreams(deps: Deps, req: Request, res: Response): Promise<void> {
  const offer = negotiate(req.get('accept'), offers);
  await afterClosings(deps);
  const views = allStreams(deps).map((stream) => viewOfStream(deps, stream));
  noStore(res);
  if (offer === htmlOffer) sendText(res, htmlOffer.contentType, syncPage(viewOf(deps, res), views));
  else sendJsonApi(res, { links: { self: `${deps.graph.base}sync` }, data: views.map((view) => resource(deps, view)) });
}

/** `/sync/{stream}` and its page with settings. */
export async function sendStream(deps: Deps, req: Request, res: Response): Promise<void> {
  const stream = streamNamed(deps, String(req.params['stream']));
  const offer = negotiate(req.get('accept'), offers);
  await afterClosings(deps);
  const view = viewOfStream(deps, stream);
  noStore(res);
  if (offer !== htmlOffer) return sendJsonApi(res, { data: resource(deps, view) });
  const { base } = deps.graph;
  const end = stream.name === testStream ? deps.delta.source.testEnd() : undefined;
  const dataset = `${deps.basePath}/datasets?filter[subject]=${encodeURIComponent(streamSubject(base, stream.name))}&filter[:has-no:next-version]=yes`;
  sendText(res, htmlOffer.contentType, streamPage(viewOf(deps, res), { stream: view, compose: composeText(base, stream), dataset, ...(end ? { end: { ...end, command: compareCommand(base) } } : {}) }));
}
