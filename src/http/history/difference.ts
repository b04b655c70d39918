import type { EntityAnswer, KnowledgeGraph, PastGraph } from '../../graph/api.js';
import { datasetOf } from '../../graph/changes/datasetOf.js';
import type { Change } from '../../graph/changeset.js';
import type { Visibility } from '../../graph/dataset.js';

/** Which difference: between two states, of everything, of a dataset, or of one thing. */
export interface AskedDiff {
  readonly from: PastGraph;
  readonly to: PastGraph;
  readonly dataset: string | undefined;
  readonly entity: string | undefined;
}

/** What leads from the one state to the other, in the order of the log. */
export function changesBetween(graph: Pick<KnowledgeGraph, 'diff'>, asked: AskedDiff, who: Visibility): AsyncIterable<readonly Change[]> {
  const { from, to, dataset, entity } = asked;
  if (entity !== undefined) return entityChanges(asked, entity, who);
  return graph.diff({ from: from.sight.at.number, to: to.sight.at.number, ...(dataset === undefined ? {} : { dataset }) }, who);
}

async function* entityChanges({ from, to, dataset }: AskedDiff, entity: string, who: Visibility): AsyncIterable<readonly Change[]> {
  const [before, after] = (await Promise.all([from.entity(entity, who), to.entity(entity, who)])).map(linesOf);
  if (!before || !after) return;
  const changes: Change[] = [
    ...[...after].filter((line) => !before.has(line)).map((line) => ({ op: '+' as const, line })),
    ...[...before].filter((line) => !after.has(line)).map((line) => ({ op: '-' as const, line })),
  ];
  yield changes.filter(({ line }) => dataset === undefined || datasetOf(line) === dataset).toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ op, line }: Change): string {
  return `${datasetOf(line)} ${op}${line}`;
}

function linesOf(answer: EntityAnswer | { readonly gone: number } | undefined): ReadonlySet<string> {
  return new Set(answer && 'datasets' in answer ? answer.datasets.flatMap(({ lines }) => lines) : []);
}
