import type { Request, Response } from 'express';
import type { Quad } from '@rdfjs/types';
import { streamsPage } from '../../pages/streamsPage.js';
import { literal, namedNode, quad } from '../../rdf/terms.js';
import { streamIri } from '../../publication/ldes/hypermedia.js';
import type { StreamEntry } from '../../publication/ldes/streams.js';
import { specifications, terms } from '../../publication/ldes/terms.js';
import { viewOf, type Deps } from '../deps.js';
import { graphOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from '../formats.js';
import { answeredUnchanged, sendText } from '../send.js';

const offers: readonly Offer[] = [...graphOffers, htmlOffer];

function linked(subject: string, predicate: string, object: string): Quad {
  return quad(namedNode(subject), namedNode(predicate), namedNode(object));
}

function quadsOf(base: string, streams: readonly StreamEntry[]): Quad[] {
  const list = `${base}ldes`;
  const quads = [linked(list, terms.rdf('type'), terms.dcat('Catalog'))];
  for (const { name, title } of streams) {
    for (const flavour of ['versies', 'activiteiten'] as const) {
      const stream = streamIri(base, { stream: name, flavour });
      quads.push(
        linked(list, terms.dcat('dataset'), stream),
        linked(stream, terms.rdf('type'), terms.ldes('EventStream')),
        linked(stream, terms.rdf('type'), terms.dcat('Dataset')),
        linked(stream, terms.dct('conformsTo'), specifications.ldes),
        linked(stream, terms.tree('view'), stream.replace(/#stream$/, '')),
      );
      for (const [language, text] of Object.entries(title)) quads.push(quad(namedNode(stream), namedNode(terms.dct('title')), literal(text, language)));
    }
  }
  return quads;
}

/** `/ldes`: every stream, for people and for programs. */
export async function sendStreams(deps: Deps, req: Request, res: Response): Promise<void> {
  const offer = negotiate(req.get('accept'), offers);
  const streams = await deps.streams.list();
  if (answeredUnchanged(req, res, offer, deps.publisher.state?.commit ?? 0)) return;
  if (isRdfOffer(offer)) sendText(res, offer.contentType, await deps.documents.write(quadsOf(deps.graph.base, streams), { format: offer.format }));
  else sendText(res, offer.contentType, streamsPage(viewOf(deps, res), streams));
}
