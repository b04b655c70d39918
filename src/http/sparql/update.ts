import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { LoadedDocument } from '../../graph/api.js';
import { ifContent, type ContentTarget } from '../datasets/content.js';
import type { Deps } from '../deps.js';
import { sendOutcome } from '../outcome.js';
import { discard, ifHead, note, writeOptions, writer } from '../writing.js';
import { graphsOf, type Asked } from './protocol.js';

/** Documents one request may load. */
const maxLoads = 20;

/**
 * Carries out an update (SPARQL 1.1 Protocol §2.2): the whole request is one commit. With a graph it is a patch of
 * that graph. What LOAD names is fetched and read before: the writer never waits for a network.
 */
export async function answerUpdate(deps: Deps, req: Request, res: Response, { text, parameters }: Asked, graph?: ContentTarget): Promise<void> {
  const principal = writer(res);
  const usingGraphs = graphsOf(parameters, 'using-graph-uri');
  const usingNamedGraphs = graphsOf(parameters, 'using-named-graph-uri');
  const conditions = graph ? ifContent(req, graph) : ifHead(req);
  const loads: LoadedDocument[] = [];
  try {
    if (mayLoad(text)) for (const iri of await sources(deps, text)) loads.push({ iri, document: await fetched(deps, iri) });
    const outcome = await deps.graph.write(
      {
        action: {
          kind: 'update',
          update: text,
          ...(usingGraphs.length > 0 ? { usingGraphs } : {}),
          ...(usingNamedGraphs.length > 0 ? { usingNamedGraphs } : {}),
          ...(graph ? { onlyGraph: graph.iri } : {}),
          ...(loads.length > 0 ? { loads } : {}),
        },
        source: graph ? 'graph-store' : 'update',
        note: note(req, 'SPARQL-update'),
        ...conditions,
        ...writeOptions(req, parameters),
      },
      principal,
    );
    await sendOutcome(deps, req, res, outcome, graph && !graph.known ? { created: graph.place } : {});
  } finally {
    for (const { document } of loads) if ('path' in document) await discard(document);
  }
}

/** Cheap and sure to see every LOAD, which may also be written with escapes only where it is no keyword. */
function mayLoad(text: string): boolean {
  return /\bLOAD\b/i.test(text);
}

/** The addresses of the LOAD operations, in their order. */
async function sources(deps: Deps, text: string): Promise<readonly string[]> {
  const iris = await deps.graph.loadSources(text);
  if (iris.length <= maxLoads) return iris;
  throw new Fault('too-large', {
    nl: `Een wijziging kan hoogstens ${maxLoads} documenten ophalen met LOAD. Splits ze op.`,
    en: `An update can load at most ${maxLoads} documents. Split it.`,
  });
}

/** A document that cannot be had is a fault of its own operation only: LOAD SILENT goes on without it. */
async function fetched(deps: Deps, iri: string): Promise<LoadedDocument['document']> {
  try {
    return await deps.fetchDocument(iri);
  } catch (error) {
    if (error instanceof Fault) return { fault: error.data };
    throw error;
  }
}
