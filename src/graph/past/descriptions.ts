import { splitLine, joinLine } from '../../rdf/nquads.js';
import { catalogueGraph, readSettings } from '../catalogue.js';
import type { QuadLine } from '../changeset.js';
import { describedBy, restrictedDescriptionGraph, type DatasetSettings } from '../dataset.js';
import type { Sight } from './sight.js';

/** Today's visibility, by dataset. */
export type Today = ReadonlyMap<string, DatasetSettings['visibility']>;

export function todayOf({ datasets }: Pick<Sight, 'datasets'>): Today {
  return new Map(datasets.map(({ iri, visibility }) => [iri, visibility]));
}

/** Whether a graph holds descriptions of datasets, not data. */
export function holdsDescriptions(graph: string, base: string): boolean {
  return graph === catalogueGraph(base) || describedBy(graph) !== undefined;
}

/**
 * The descriptions of an old state, each in the graph where it would stand with the visibility its dataset has today;
 * those of datasets that are not visible today, or are no more, are left out.
 */
export function descriptionsAsToday(lines: Iterable<QuadLine>, today: Today, base: string): readonly QuadLine[] {
  const catalogue = catalogueGraph(base);
  const placed = new Set<QuadLine>();
  for (const line of lines) {
    const { subject, predicate, object, graph } = splitLine(line);
    const dataset = subject.slice(1, -1);
    const [from, now] = [graph.slice(1, -1), today.get(dataset)];
    if (now === undefined || (from !== catalogue && describedBy(from) !== dataset)) continue;
    placed.add(joinLine(subject, predicate, object, `<${now === 'public' ? catalogue : restrictedDescriptionGraph(dataset)}>`));
  }
  return [...placed];
}

/** The settings that placed descriptions state, with today's visibility. */
export function settingsAsToday(placed: readonly QuadLine[], today: Today, base: string): readonly DatasetSettings[] {
  const state = {
    match: (_: unknown, { predicate, object }: { readonly predicate?: string; readonly object?: string }) =>
      placed.filter((line) => {
        const term = splitLine(line);
        return term.predicate === predicate && (object === undefined || term.object === object);
      }),
  };
  const found = new Map(readSettings(state, base).map((dataset) => [dataset.iri, dataset]));
  return [...found.values()].flatMap((dataset) => {
    const visibility = today.get(dataset.iri);
    return visibility === undefined ? [] : [{ ...dataset, visibility }];
  });
}
