import { standardDataset } from '../catalogue.js';
import { type DatasetSettings, isMerged, isVisible } from '../dataset.js';
import type { Scope, SelectOptions } from '../state.js';
import type { UpdateContext } from './context.js';
import type { WhereDataset } from './plan.js';

/** What decides which graphs a WHERE reads. */
type Seen = Pick<UpdateContext, 'base' | 'datasets' | 'principal' | 'unionDefaultGraph' | 'onlyGraph'>;

/** The datasets the caller may know of; what is not among them does not exist for an update. */
export function visibleDatasets({ datasets, principal }: Seen): readonly DatasetSettings[] {
  return datasets.filter((dataset) => isVisible(dataset, principal.visibility));
}

/**
 * What a WHERE reads (SPARQL 1.1 Update §3.1.3): the stated dataset without what the caller may not see, else the
 * default graph of the service, which for this caller holds the adopted restricted datasets too.
 */
export function whereScopes(stated: WhereDataset, context: Seen): SelectOptions {
  const visible = visibleDatasets(context);
  const standard = standardDataset(context.base);
  const names = new Set([...visible.map(({ iri }) => iri), standard]);
  const seen = (graphs: readonly string[]): readonly string[] => [...new Set(graphs)].filter((graph) => names.has(graph));
  const scopes = (graphs: readonly string[]): readonly Scope[] => seen(graphs).map((dataset) => ({ dataset }));
  switch (stated.kind) {
    case 'with':
      return { defaultGraph: scopes([stated.graph]), namedGraphs: [...names] };
    case 'using':
      return { defaultGraph: scopes(stated.graphs), namedGraphs: seen(stated.namedGraphs) };
    case 'service': {
      if (context.onlyGraph !== undefined) return { defaultGraph: scopes([context.onlyGraph]), namedGraphs: seen([context.onlyGraph]) };
      const restricted = visible.filter((dataset) => !isMerged(dataset) && dataset.status !== 'voorgesteld').map(({ iri }) => iri);
      const defaultGraph: readonly Scope[] = context.unionDefaultGraph ? ['merged', ...scopes(restricted)] : scopes([standard]);
      return { defaultGraph, namedGraphs: [...names] };
    }
  }
}
