import type { Quad } from '@rdfjs/types';
import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { DatasetInfo, WriteAction, WriteRequest } from '../../graph/api.js';
import type { QuadLine } from '../../graph/changeset.js';
import { unknownDataset } from '../../graph/unknownDataset.js';
import { fromLine, joinLine, splitLine } from '../../rdf/nquads.js';
import type { RdfFormat } from '../../rdf/mediaTypes.js';
import { deskolemisedLine } from '../../rdf/skolem.js';
import { visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { parseTagList, readTag } from '../etag.js';
import type { RdfOffer } from '../formats.js';
import { sendOutcome } from '../outcome.js';
import { answeredUnchanged, sendStream } from '../send.js';
import { alreadyThere, changedMeanwhile, ifHead, note, refused, withStagedBody, writeOptions, writer } from '../writing.js';

/* Above this, documents are written piece by piece: correct, less pretty, and none waits in memory. */
const prettyLimit = 50_000;
const chunkQuads = 2000;

async function* plainLines(batches: AsyncIterable<readonly QuadLine[]>, withGraph: boolean): AsyncIterable<string> {
  for await (const batch of batches) {
    let text = '';
    for (const line of batch) {
      if (withGraph) text += `${line}\n`;
      else {
        const { subject, predicate, object } = splitLine(line);
        text += `${joinLine(subject, predicate, object)}\n`;
      }
    }
    yield text;
  }
}

async function* inGraph(graph: string, lines: AsyncIterable<string>): AsyncIterable<string> {
  yield `<${graph}> {\n`;
  yield* lines;
  yield '}\n';
}

/** The quads of whole subjects, at most about `size` at a time: the lines come in canonical order. */
async function* bySubjects(batches: AsyncIterable<readonly QuadLine[]>, withGraph: boolean, size: number): AsyncIterable<Quad[]> {
  let quads: Quad[] = [];
  for await (const text of plainLines(batches, withGraph)) {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const next = fromLine(line);
      if (quads.length >= size && quads.at(-1)?.subject.value !== next.subject.value) {
        yield quads;
        quads = [];
      }
      quads.push(next);
    }
  }
  if (quads.length > 0) yield quads;
}

/** One JSON-LD document whose nodes are written a batch at a time, with full IRIs. */
async function* longJsonLd(deps: Deps, batches: AsyncIterable<readonly QuadLine[]>, format: RdfFormat): AsyncIterable<string> {
  const isArray = format.form === 'expanded' || format.form === 'flattened';
  let separator = isArray ? '[\n' : '{ "@graph": [\n';
  for await (const quads of bySubjects(batches, false, chunkQuads)) {
    const document = JSON.parse(await deps.documents.write(quads, { format, context: {} })) as readonly unknown[] | { readonly '@graph'?: readonly unknown[] };
    for (const node of '@graph' in document ? (document['@graph'] ?? []) : Array.isArray(document) ? document : [document]) {
      yield separator + JSON.stringify(node);
      separator = ',\n';
    }
  }
  yield isArray ? '\n]\n' : '\n] }\n';
}

async function* collected(deps: Deps, batches: AsyncIterable<readonly QuadLine[]>, format: RdfFormat): AsyncIterable<string> {
  const quads: Quad[] = [];
  for await (const some of bySubjects(batches, format.id === 'trig', chunkQuads)) quads.push(...some);
  yield await deps.documents.write(quads, { format });
}

/** A dataset's quads in a format. Above `prettyLimit` quads every format streams; RDF/XML is not offered then. */
function exported(deps: Deps, dataset: DatasetInfo, batches: AsyncIterable<readonly QuadLine[]>, { format }: RdfOffer): AsyncIterable<string> {
  const isLarge = dataset.quads > prettyLimit;
  if (format.id === 'nquads') return plainLines(batches, true);
  if (format.id === 'ntriples' || (format.id === 'turtle' && isLarge)) return plainLines(batches, false);
  if (!isLarge) return collected(deps, batches, format);
  if (format.id === 'trig') return inGraph(dataset.iri, plainLines(batches, false));
  if (format.id === 'jsonld') return longJsonLd(deps, batches, format);
  throw new Fault('not-acceptable', {
    nl: `Deze dataset is te groot voor ${format.label}. Neem N-Quads, N-Triples, Turtle, TriG of JSON-LD.`,
    en: `This dataset is too large for ${format.label}. Use N-Quads, N-Triples, Turtle, TriG or JSON-LD.`,
  });
}

async function* withBlankNodes(batches: AsyncIterable<readonly QuadLine[]>, base: string): AsyncIterable<readonly QuadLine[]> {
  for await (const batch of batches) yield batch.map((line) => deskolemisedLine(line, base));
}

/**
 * All quads of a dataset. In an export skolem IRIs stay, so that what comes back is the same node; a graph of the
 * graph store is a document (`blankNodes`).
 */
export async function sendContent(deps: Deps, req: Request, res: Response, dataset: DatasetInfo, offer: RdfOffer, { blankNodes = false } = {}): Promise<void> {
  if (answeredUnchanged(req, res, offer, dataset.changed)) return;
  res.setHeader('Content-Disposition', `inline; filename="${dataset.slug.replace(/[^\w-]/g, '_')}.${offer.suffix}"`);
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const lines = deps.graph.export(dataset.iri, visibility(res));
  await sendStream(req, res, exported(deps, dataset, blankNodes ? withBlankNodes(lines, deps.graph.base) : lines, offer));
}

/** What a write of content needs to know. */
export interface ContentTarget {
  readonly iri: string;
  /** The dataset as the caller sees it; undefined when it is new or hidden. */
  readonly known: DatasetInfo | undefined;
  readonly source: 'load' | 'graph-store';
  /** Address of the content, for `Location`. */
  readonly place: string;
}

function ifAbsent(req: Request, { known }: ContentTarget): Pick<WriteRequest, 'unlessRepeated'> {
  return parseTagList(req.get('if-none-match')) === '*' && known && known.quads > 0 ? refused(req, alreadyThere()) : {};
}

/**
 * `If-Match` on content: the entity tag of the dataset's own last change, or that of the head of the log; `*` asks
 * that the dataset exists (RFC 9110 §13.1.1).
 */
export function ifContent(req: Request, { iri, known }: ContentTarget): Pick<WriteRequest, 'ifHead' | 'ifDataset'> {
  const tags = parseTagList(req.get('if-match'));
  if (tags === '*' && !known) throw changedMeanwhile();
  const own = tags === undefined || tags === '*' ? [] : tags.flatMap(({ opaque, weak }) => (weak ? [] : (readTag(opaque) ?? [])));
  const states = own.filter(({ representation }) => representation !== '' && representation !== 'head').map(({ state }) => state);
  return states.length > 0 ? { ifDataset: { iri, commit: Math.max(...states) } } : ifHead(req);
}

/** Loads the body into a dataset: replacing (PUT) or adding (POST). */
export async function loadContent(deps: Deps, req: Request, res: Response, target: ContentTarget, mode: 'add' | 'replace'): Promise<void> {
  const principal = writer(res);
  const conditions = { ...ifAbsent(req, target), ...ifContent(req, target) };
  await withStagedBody(deps, req, target.source === 'graph-store' ? target.iri : undefined, async (document, file) => {
    const action: WriteAction = { kind: 'load', dataset: target.iri, mode, document };
    const message = mode === 'add' ? 'Toegevoegd' : 'Vervangen';
    const outcome = await deps.graph.write(
      { action, source: target.source, note: note(req, file === '' ? message : `${message}: ${file}`, file === '' ? undefined : file), ...conditions, ...writeOptions(req) },
      principal,
    );
    await sendOutcome(deps, req, res, outcome, { read: document.quads, ...(target.known ? {} : { created: target.place }) });
  });
}

/** Empties a dataset; its description stays. */
export async function clearContent(deps: Deps, req: Request, res: Response, target: ContentTarget): Promise<void> {
  const principal = writer(res);
  if (!target.known) throw unknownDataset(target.iri);
  const outcome = await deps.graph.write(
    { action: { kind: 'clear', dataset: target.iri }, source: target.source, note: note(req, 'Leeggemaakt'), ...ifContent(req, target), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
