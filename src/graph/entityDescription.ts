import { Fault } from '../faults.js';
import { splitLine } from '../rdf/nquads.js';
import { isSkolem } from '../rdf/skolem.js';
import type { TermText } from '../rdf/termText.js';
import type { QuadLine } from './changeset.js';
import type { GraphState } from './state.js';

/** More quads than this is no description of one thing any more. */
const maxQuads = 100_000;

/** True for the text of a skolem IRI (RDF 1.1 §3.5). */
export function isSkolemText(term: TermText, base: string): boolean {
  return term.startsWith('<') && isSkolem(term.slice(1, -1), base);
}

/**
 * The description of an entity in a dataset (design: Words): its quads there plus those of the skolem nodes below
 * it, in exact form. Empty when the dataset does not describe it.
 * @throws Fault too-large above `maxQuads` quads.
 */
export function describeEntity(state: Pick<GraphState, 'bySubjects'>, dataset: string, iri: string, base: string): readonly QuadLine[] {
  const lines: QuadLine[] = [];
  const seen = new Set<TermText>([`<${iri}>`]);
  let frontier: readonly TermText[] = [`<${iri}>`];
  while (frontier.length > 0) {
    const next: TermText[] = [];
    for (const line of state.bySubjects({ dataset }, frontier)) {
      lines.push(line);
      const { object } = splitLine(line);
      if (isSkolemText(object, base) && !seen.has(object)) {
        seen.add(object);
        next.push(object);
      }
    }
    if (lines.length > maxQuads) {
      throw new Fault('too-large', {
        nl: `De beschrijving van ${iri} telt meer dan ${maxQuads} regels; vraag de dataset zelf op.`,
        en: `The description of ${iri} has more than ${maxQuads} quads; ask for the dataset itself.`,
      });
    }
    frontier = next;
  }
  return lines;
}
