import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { DatasetInfo, WriteAction } from '../../graph/api.js';
import type { QuadLine } from '../../graph/changeset.js';
import { fromLine, joinLine, splitLine } from '../../rdf/nquads.js';
import { serialise } from '../../rdf/serialise.js';
import { visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { parseTagList } from '../etag.js';
import type { RdfOffer } from '../formats.js';
import { sendOutcome } from '../outcome.js';
import { answeredUnchanged, sendStream } from '../send.js';
import { changedMeanwhile, ifHead, note, withStagedBody, writeOptions, writer } from '../writing.js';

/* Above this, Turtle and TriG are written line by line: correct, less pretty, and no document waits in memory. */
const prettyLimit = 50_000;

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

async function* quadsOf(batches: AsyncIterable<readonly QuadLine[]>, withGraph: boolean): AsyncIterable<ReturnType<typeof fromLine>> {
  for await (const line of plainLines(batches, withGraph)) {
    for (const one of line.split('\n')) if (one !== '') yield fromLine(one);
  }
}

/** A dataset's quads in a format. N-Triples, N-Quads and large Turtle or TriG stream; the rest is collected. */
function exported(dataset: DatasetInfo, batches: AsyncIterable<readonly QuadLine[]>, { format }: RdfOffer): AsyncIterable<string> {
  switch (format.id) {
    case 'nquads':
      return plainLines(batches, true);
    case 'ntriples':
      return plainLines(batches, false);
    case 'turtle':
      if (dataset.quads > prettyLimit) return plainLines(batches, false);
      break;
    case 'trig':
      if (dataset.quads > prettyLimit) return inGraph(dataset.iri, plainLines(batches, false));
      break;
    default:
  }
  return serialise(quadsOf(batches, format.id === 'trig'), { format });
}

/** All quads of a dataset (an export; skolem IRIs stay, so that what comes back is the same node). */
export async function sendContent(deps: Deps, req: Request, res: Response, dataset: DatasetInfo, offer: RdfOffer): Promise<void> {
  if (answeredUnchanged(req, res, offer, dataset.changed)) return;
  res.setHeader('Content-Disposition', `inline; filename="${dataset.slug.replace(/[^\w-]/g, '_')}.${offer.suffix}"`);
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  await sendStream(req, res, exported(dataset, deps.graph.export(dataset.iri, visibility(res)), offer));
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

function ifAbsent(req: Request, { known }: ContentTarget): void {
  if (parseTagList(req.get('if-none-match')) === '*' && known && known.quads > 0) throw changedMeanwhile();
}

/** Loads the body into a dataset: replacing (PUT) or adding (POST). */
export async function loadContent(deps: Deps, req: Request, res: Response, target: ContentTarget, mode: 'add' | 'replace'): Promise<void> {
  const principal = writer(res);
  ifAbsent(req, target);
  const conditions = ifHead(req);
  await withStagedBody(deps, req, target.source === 'graph-store' ? target.iri : undefined, async (document, file) => {
    const action: WriteAction = { kind: 'load', dataset: target.iri, mode, document };
    const message = mode === 'add' ? 'Toegevoegd' : 'Vervangen';
    const outcome = await deps.graph.write(
      { action, source: target.source, note: note(req, file === '' ? message : `${message}: ${file}`, file === '' ? undefined : file), ...conditions, ...writeOptions(req) },
      principal,
    );
    await sendOutcome(deps, req, res, outcome, target.known ? {} : { created: target.place });
  });
}

/** Empties a dataset; its description stays. */
export async function clearContent(deps: Deps, req: Request, res: Response, target: ContentTarget): Promise<void> {
  const principal = writer(res);
  if (!target.known) {
    throw new Fault('unknown-dataset', { nl: `De dataset ${target.iri} bestaat niet.`, en: `Dataset ${target.iri} does not exist.` });
  }
  const outcome = await deps.graph.write(
    { action: { kind: 'clear', dataset: target.iri }, source: target.source, note: note(req, 'Leeggemaakt'), ...ifHead(req), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
