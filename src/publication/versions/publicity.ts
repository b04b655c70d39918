import type { Change } from '../../graph/changeset.js';
import { splitLine } from '../../rdf/nquads.js';
import { holdsSettings, isSetting } from './published.js';

/** Whether a commit may take something away from the public: it takes back what a catalogue said of a dataset. */
export function changesPublicity(changes: readonly Change[], base: string): boolean {
  return changes.some(({ op, line }) => {
    if (op === '+' && !line.includes('access-right')) return false;
    const { predicate, graph } = splitLine(line);
    return isSetting(predicate) && holdsSettings(graph.slice(1, -1), base);
  });
}
