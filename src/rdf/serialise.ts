import type * as RDF from '@rdfjs/types';
import type { ReadingLanguage } from './jsonldReading.js';
import { writeJsonLd } from './jsonldWrite.js';
import type { RdfFormat } from './mediaTypes.js';
import { toLine } from './nquads.js';
import { quad } from './dataModel.js';
import { prefixes as knownPrefixes } from './prefixes.js';
import { writeRdfXml } from './rdfXmlWrite.js';
import { writeTrig, writeTurtle } from './turtleWrite.js';

export interface SerialiseOptions {
  readonly format: RdfFormat;
  /** Namespaces by prefix; those of the project unless given. Only used ones are written. */
  readonly prefixes?: Readonly<Record<string, string>>;
  /**
   * RDF/XML: things (IRI -> class that names their element) whose description is repeated wherever they are referred
   * to, for readers that go by XPath.
   */
  readonly nested?: Readonly<Record<string, string>>;
  /** JSON-LD: the `@context` to compact with, instead of one made of the prefixes. */
  readonly context?: unknown;
  /** JSON-LD: contexts on top of the bundled ones: IRI -> document. */
  readonly contexts?: Readonly<Record<string, unknown>>;
  /** JSON-LD: texts under their term whatever their language, as language maps (`*`) or for one reader. */
  readonly reading?: ReadingLanguage;
}

const linesPerChunk = 500;

type Quads = Iterable<RDF.Quad> | AsyncIterable<RDF.Quad>;

async function* writeLines(quads: Quads, withGraph: boolean): AsyncIterable<string> {
  let lines: string[] = [];
  for await (const item of quads) {
    lines.push(toLine(withGraph ? item : quad(item.subject, item.predicate, item.object)));
    if (lines.length < linesPerChunk) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

async function collect(quads: Quads): Promise<readonly RDF.Quad[]> {
  const lines = new Set<string>();
  const unique: RDF.Quad[] = [];
  for await (const item of quads) {
    const line = toLine(item);
    if (lines.has(line)) continue;
    lines.add(line);
    unique.push(item);
  }
  return unique;
}

/** The triples of all graphs, each once. */
function triples(quads: readonly RDF.Quad[]): readonly RDF.Quad[] {
  const found = new Map<string, RDF.Quad>();
  for (const { subject, predicate, object } of quads) {
    const triple = quad(subject, predicate, object);
    found.set(toLine(triple), triple);
  }
  return [...found.values()];
}

/**
 * Writes RDF. N-Triples and N-Quads stream, in the order given and without removing duplicates; the others collect
 * first, and write the same quads always the same way. Formats without graphs drop the graph terms.
 */
export async function* serialise(quads: Quads, options: SerialiseOptions): AsyncIterable<string> {
  const { format, prefixes = knownPrefixes } = options;
  switch (format.id) {
    case 'ntriples':
    case 'nquads':
      yield* writeLines(quads, format.quads);
      return;
    case 'turtle':
      yield* writeTurtle(triples(await collect(quads)), prefixes);
      return;
    case 'trig':
      yield* writeTrig(await collect(quads), prefixes);
      return;
    case 'rdfxml':
      yield* writeRdfXml(triples(await collect(quads)), prefixes, options.nested);
      return;
    case 'jsonld':
      yield await writeJsonLd(await collect(quads), { ...options, prefixes });
  }
}

export async function serialiseString(quads: Quads, options: SerialiseOptions): Promise<string> {
  const parts: string[] = [];
  for await (const part of serialise(quads, options)) parts.push(part);
  return parts.join('');
}
