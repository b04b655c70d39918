import { literalParts } from './readerLiterals.js';
import { labelPredicates } from '../../rdf/labelPredicates.js';
import { splitLine } from '../../rdf/nquads.js';
import type { Labels } from '../api.js';
import { isMerged, type Visibility } from '../dataset.js';
import { visibleDatasets, type DescriptionContext } from './readerContext.js';
import { askable } from './readerEntities.js';

/** IRIs asked of the engine at a time. */
const batch = 1000;

interface Found {
  readonly rank: number;
  readonly text: string;
}

/**
 * The preferred label per language (`''`: no language) of each IRI that has one. Adopted datasets go before
 * proposals and restricted ones, then the order of the predicates decides, then the text.
 */
export function labels(
  { iris, visibility }: { readonly iris: readonly string[]; readonly visibility: Visibility },
  context: DescriptionContext,
): Labels {
  const penalty = new Map<string, number>(
    visibleDatasets(context, visibility).map((dataset) => [`<${dataset.iri}>`, isMerged(dataset) ? 0 : labelPredicates.length]),
  );
  const best = new Map<string, Map<string, Found>>();
  const subjects = askable(iris);
  for (let from = 0; from < subjects.length; from += batch) {
    const part = subjects.slice(from, from + batch);
    for (const [order, predicate] of labelPredicates.entries()) {
      for (const line of context.engine.bySubjects('any', part, `<${predicate}>`)) {
        const { subject, object, graph } = splitLine(line);
        const extra = penalty.get(graph);
        const literal = literalParts(object);
        if (extra === undefined || literal === undefined) continue;
        keepBest(best, subject.slice(1, -1), literal.language, { rank: order + extra, text: literal.value });
      }
    }
  }
  return new Map([...best].map(([iri, byLanguage]) => [iri, Object.fromEntries([...byLanguage].map(([tag, { text }]) => [tag, text]))]));
}

function keepBest(best: Map<string, Map<string, Found>>, iri: string, language: string, found: Found): void {
  const byLanguage = best.get(iri) ?? new Map<string, Found>();
  const known = byLanguage.get(language);
  if (known === undefined || found.rank < known.rank || (found.rank === known.rank && found.text < known.text)) byLanguage.set(language, found);
  best.set(iri, byLanguage);
}
