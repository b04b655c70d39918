import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Quad } from '@rdfjs/types';
import type { StagedDocument } from '../graph/api.js';
import { stagedRow } from '../graph/stagedFile.js';
import { canonicalQuad } from '../rdf/canonical.js';
import { ownContexts } from '../rdf/contexts.js';
import type { RdfFormat } from '../rdf/mediaTypes.js';
import { toLine } from '../rdf/nquads.js';
import { parseRdf } from '../rdf/parse.js';
import { namedNode, quad } from '../rdf/terms.js';

export interface StageJob {
  /** The document as it came in: the path of a file, or the bytes of a small one. */
  readonly source: string | Uint8Array;
  /** The staged file to write. */
  readonly target: string;
  readonly format: RdfFormat;
  /** Resolves relative IRIs; without it they are refused. */
  readonly baseIri?: string;
  /** Name of the file, for messages. */
  readonly file?: string;
  /** BASE_IRI of the service, for skolem IRIs. */
  readonly base: string;
  /** Distinguishes the blank nodes of this document from all others. */
  readonly seed: string;
}

/**
 * Reads a document into a staged file: canonical quad lines with their source line. Blank nodes get skolem IRIs
 * (RDF 1.1 §3.5) computed from the seed and their label, so no table of labels grows with the document.
 * @throws the Faults of `parseRdf`.
 */
export async function stage(job: StageJob, progress: (quads: number) => void): Promise<StagedDocument> {
  const digest = createHash('sha256');
  const out = await open(job.target, 'w');
  let quads = 0;
  let blankNodes = false;
  const skolem = (label: string): string => {
    blankNodes = true;
    return skolemFor(job.base, job.seed, label);
  };
  try {
    const options = {
      format: job.format,
      contexts: ownContexts(job.base),
      ...(job.baseIri === undefined ? {} : { baseIri: job.baseIri }),
      ...(job.file === undefined ? {} : { file: job.file }),
    };
    for await (const batch of parseRdf(hashed(typeof job.source === 'string' ? createReadStream(job.source) : [job.source], digest), options)) {
      let text = '';
      for (const parsed of batch) {
        const line = toLine(canonicalQuad(withoutBlankNodes(parsed.quad, skolem)));
        text += stagedRow(parsed.line, line);
      }
      await out.write(text);
      quads += batch.length;
      progress(quads);
    }
  } finally {
    await out.close();
  }
  return { path: job.target, quads, blankNodes, digest: digest.digest('hex') };
}

async function* hashed(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, digest: { update(data: Uint8Array): unknown }): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    digest.update(chunk);
    yield chunk;
  }
}

function skolemFor(base: string, seed: string, label: string): string {
  return `${base}.well-known/genid/${createHash('sha256').update(`${seed} ${label}`).digest('hex').slice(0, 32)}`;
}

function withoutBlankNodes(original: Quad, skolem: (label: string) => string): Quad {
  const { subject, object, graph } = original;
  if (subject.termType !== 'BlankNode' && object.termType !== 'BlankNode' && graph.termType !== 'BlankNode') return original;
  return quad(
    subject.termType === 'BlankNode' ? namedNode(skolem(subject.value)) : subject,
    original.predicate,
    object.termType === 'BlankNode' ? namedNode(skolem(object.value)) : object,
    graph.termType === 'BlankNode' ? namedNode(skolem(graph.value)) : graph,
  );
}
