import type { QuadLine } from '../changeset.js';

/** The dataset (graph IRI) of a kernel line; an IRI holds no `<`, so the last ` <` opens the graph term. */
export function datasetOf(line: QuadLine): string {
  return line.slice(line.lastIndexOf(' <') + 2, -3);
}
