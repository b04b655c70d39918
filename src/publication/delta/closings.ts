import { describedBy } from '../../graph/dataset.js';
import { catalogueTerms } from '../../graph/catalogue.js';
import { joinLine } from '../../rdf/nquads.js';
import type { JournalReader } from '../../graph/journal/journal.js';

const page = 500;

/**
 * The last commit after `from` that closes what was public before it: a purge, or a dataset with a past that became
 * restricted. What was published of the time before must not be given out from that commit on.
 */
export function lastClosing(journal: Pick<JournalReader, 'headersFrom' | 'headers' | 'changes'>, from: number): number | undefined {
  let found: number | undefined;
  for (let next = from + 1; ; ) {
    const headers = journal.headersFrom(next, page);
    for (const { number, source, parts } of headers) {
      if (source === 'purge' || parts.some(({ dataset, inserted }) => inserted > 0 && becameRestricted(journal, number, dataset))) found = number;
    }
    const last = headers.at(-1);
    if (!last || headers.length < page) return found;
    next = last.number + 1;
  }
}

/** The description of a dataset moved to where only the few see it, and the dataset was there before. */
function becameRestricted(journal: Pick<JournalReader, 'headers' | 'changes'>, number: number, graph: string): boolean {
  const dataset = describedBy(graph);
  if (dataset === undefined || journal.headers({ dataset, before: number, limit: 1 }).length === 0) return false;
  const typed = joinLine(`<${dataset}>`, `<${catalogueTerms.type}>`, `<${catalogueTerms.dataset}>`, `<${graph}>`);
  for (const { op, line } of journal.changes(number, graph)) if (op === '+' && line === typed) return true;
  return false;
}
