import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { formatByExtension } from '../rdf/mediaTypes.js';
import { parseRdf } from '../rdf/parse.js';
import { blankNode, quad } from '../rdf/terms.js';

/** The quads of every Turtle file of a shapes folder, blank nodes of different files apart. Faults of the parser. */
export async function readShapeFiles(folder: string): Promise<readonly Quad[]> {
  const format = formatByExtension('ttl');
  if (!format) throw new Error('Turtle is not among the formats');
  const quads: Quad[] = [];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ttl')).toSorted();
  for (const [index, file] of files.entries()) {
    for await (const batch of parseRdf(createReadStream(join(folder, file)), { format, file })) {
      for (const parsed of batch) quads.push(inFile(parsed.quad, index));
    }
  }
  return quads;
}

function inFile(original: Quad, index: number): Quad {
  const { subject, predicate, object } = original;
  return quad(
    subject.termType === 'BlankNode' ? blankNode(`f${index}-${subject.value}`) : subject,
    predicate,
    object.termType === 'BlankNode' ? blankNode(`f${index}-${object.value}`) : object,
  );
}
