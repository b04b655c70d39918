import type { GraphState } from '../graph/state.js';
import { labelPredicates } from '../rdf/labelPredicates.js';
import { splitLine } from '../rdf/nquads.js';
import { textsOf } from './texts.js';
import type { FreshResult } from './results.js';

/** What the dataset of a result calls its focus node, by language; undefined when it does not name it. */
export function subjectName(state: GraphState, { focusNode, dataset }: FreshResult): Readonly<Record<string, string>> | undefined {
  if (!focusNode.startsWith('<')) return undefined;
  for (const predicate of labelPredicates) {
    const lines = state.match({ dataset }, { subject: focusNode, predicate: `<${predicate}>` });
    const texts = lines.map((line) => splitLine(line).object).filter((object) => object.startsWith('"'));
    if (texts.length > 0) return textsOf(texts.toSorted());
  }
  return undefined;
}
