import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { CommitView } from '../../graph/api.js';
import { documentPath } from '../../pages/view.js';
import { thingIri } from '../../rdf/thingIri.js';
import { fields, visibility } from '../context.js';
import { address, type Deps } from '../deps.js';
import { wholeNumber } from '../form.js';
import { jsonOffer, negotiate, type Offer } from '../formats.js';
import { answeredUnchanged, sendJson, sendText } from '../send.js';
import { leadTo, mementoLink, timeMapPath, varyOnTime } from './memento.js';
import { httpTime, readAcceptDatetime } from './moment.js';
import { withMoment } from './then.js';

const linkOffer: Offer = { name: 'links', suffix: 'link', mediaType: 'application/link-format', contentType: 'application/link-format', label: 'Link format' };
/* A TimeMap of more versions continues on another (RFC 7089 §5.1). */
const mostVersions = 500;

/** The entity of a TimeMap or TimeGate: by its IRI, or by the address of its document. */
function askedIri(deps: Deps, req: Request): string {
  const text = fields(req).one('iri');
  if (text === undefined) throw new Fault('bad-request', { nl: 'Geef ?iri= met het adres (IRI) van het ding.', en: 'Give ?iri= with the IRI of the thing.' });
  return thingIri(text, deps.graph.base);
}

function unknown(iri: string): Fault {
  return new Fault('not-found', { nl: `Wij hebben geen versies van ${iri}.`, en: `There are no versions of ${iri}.` });
}

/** The versions of an entity (RFC 7089 §5): link format, or the same as JSON. */
export async function sendTimeMap(deps: Deps, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const iri = askedIri(deps, req);
  const format = query.one('formaat');
  const offers = [linkOffer, jsonOffer];
  const offer = negotiate(format === undefined ? req.get('accept') : (offers.find(({ suffix }) => suffix === format)?.mediaType ?? format), offers);
  const after = wholeNumber(query, 'na', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
  const { commit } = await deps.graph.status();
  if (answeredUnchanged(req, res, offer, commit)) return;
  const found = await deps.graph.commits({ entity: iri, after, oldest: true, limit: mostVersions + 1 }, visibility(res));
  if (found.length === 0) throw unknown(iri);
  const versions = found.slice(0, mostVersions);
  const [first, last] = [versions[0], versions.at(-1)];
  const next = found.length > mostVersions && last ? `${timeMapPath(iri)}&na=${last.number}` : undefined;
  const absolute = (path: string): string => new URL(deps.graph.base).origin + address(deps, path);
  const original = absolute(documentPath(deps.graph.base, iri));
  const self = absolute(timeMapPath(iri) + (after === 0 ? '' : `&na=${after}`));
  const gate = absolute(`/timegate?iri=${encodeURIComponent(iri)}`);
  if (offer === jsonOffer) {
    const list = versions.map(({ number, time }) => ({ datetime: time, uri: withMoment(original, number), versie: number }));
    sendJson(res, {
      original_uri: original,
      self,
      timegate_uri: gate,
      mementos: { ...(after === 0 ? { first: list[0] } : {}), ...(next === undefined ? { last: list.at(-1) } : {}), list },
      ...(next === undefined ? {} : { volgende: absolute(next) }),
    });
    return;
  }
  const relation = (version: CommitView): string => [...(version === first && after === 0 ? ['first'] : []), ...(version === last && next === undefined ? ['last'] : []), 'memento'].join(' ');
  const lines = [
    `<${original}>; rel="original"`,
    `<${self}>; rel="self"; type="application/link-format"; from="${httpTime(first?.time ?? '')}"; until="${httpTime(last?.time ?? '')}"`,
    `<${gate}>; rel="timegate"`,
    ...(next === undefined ? [] : [`<${absolute(next)}>; rel="timemap"; type="application/link-format"`]),
    ...versions.map((version) => mementoLink(withMoment(original, version.number), relation(version), version.time)),
  ];
  sendText(res, offer.contentType, `${lines.join(',\n')}\n`);
}

/** The TimeGate of an entity by its IRI: leads to the version at `Accept-Datetime`, or to the last one (RFC 7089 §4.5). */
export async function sendTimeGate(deps: Deps, req: Request, res: Response): Promise<void> {
  const iri = askedIri(deps, req);
  const asked = req.get('accept-datetime');
  const path = address(deps, documentPath(deps.graph.base, iri));
  varyOnTime(res);
  const led = await leadTo(deps, res, {
    iri,
    time: asked === undefined ? undefined : readAcceptDatetime(asked).time,
    original: path,
    to: (number) => withMoment(path, number),
  });
  if (!led) throw unknown(iri);
}
