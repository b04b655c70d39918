import type { Quad, Term } from '@rdfjs/types';
import type { QuadLine } from '../graph/changeset.js';
import type { DatasetSettings } from '../graph/dataset.js';
import { canonicalQuad } from '../rdf/canonical.js';
import { joinLine } from '../rdf/nquads.js';
import { termText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import type { FreshResult } from './results.js';

const document = 'urn:regiograaf:document';
const skolem = `<${document}/.well-known/genid/`;

/** A document on its own, as a dataset that is also the merged graph. */
export const documentDataset: DatasetSettings = { iri: document, status: 'aangenomen', mode: 'enforce', visibility: 'public' };

/** Blank nodes get skolem IRIs for the time of validation: an engine cannot be asked about a blank node. */
export function documentLines(quads: Iterable<Quad>): readonly QuadLine[] {
  const lines = new Set<QuadLine>();
  for (const quad of quads) {
    const { subject, predicate, object } = canonicalQuad(quad);
    lines.add(joinLine(nameOf(subject), termText(predicate), nameOf(object), `<${document}>`));
  }
  return [...lines];
}

function nameOf(term: Term): TermText {
  return term.termType === 'BlankNode' ? `${skolem}${term.value}>` : termText(term);
}

/** The result with the blank nodes of the document as they were. */
export function documentNames(result: FreshResult): FreshResult {
  const { value } = result;
  return { ...result, focusNode: blankAgain(result.focusNode), ...(value !== undefined && { value: blankAgain(value) }) };
}

function blankAgain(text: TermText): TermText {
  return text.startsWith(skolem) ? `_:${text.slice(skolem.length, -1)}` : text;
}
