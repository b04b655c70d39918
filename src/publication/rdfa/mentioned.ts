import type { QuadLine } from '../../graph/changeset.js';
import { fromLine } from '../../rdf/nquads.js';
import { rdf } from '../../rdf/prefixes.js';
import { RdfaTerms } from './terms.js';

/** How to write what these lines say. */
export function rdfaTerms(lines: readonly QuadLine[]): RdfaTerms {
  const vocabulary = new Set<string>();
  const resources = new Set<string>();
  for (const { subject, predicate, object } of lines.map(fromLine)) {
    resources.add(subject.value);
    vocabulary.add(predicate.value);
    if (object.termType === 'Literal') vocabulary.add(object.datatype.value);
    else if (predicate.value === rdf('type')) vocabulary.add(object.value);
    else resources.add(object.value);
  }
  return new RdfaTerms(vocabulary, resources);
}
