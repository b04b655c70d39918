import type { QueryKind, QueryRequest } from '../api.js';
import { catalogueGraph, standardDataset } from '../catalogue.js';
import { describedBy, isMerged, isVisible, type DatasetSettings, type Visibility } from '../dataset.js';
import { bySpecification } from './bySpecification.js';
import { iriResolver } from './iriResolver.js';
import { endpointOf } from './ownService.js';
import { makePlain } from './plainQuery.js';
import { parseQueryText, type QueryAst } from './sparqlSyntax.js';
import { nameVariables, tidyQuery } from './tidyQuery.js';
import { writeQuery } from './writeQuery.js';

/** The default graph of a query: the RDF merge of the merged public graph (if `merged`) and of the named `graphs`. */
export interface QueryDefaultGraph {
  readonly merged: boolean;
  readonly graphs: readonly string[];
}

/** A query that was read, classified and given its dataset (SPARQL 1.1 §13.2); plain data. */
export interface PreparedQuery {
  /** As it came in, or with what makes it see blank nodes (`makePlain`) and finds its answer sooner (`orderJoins`). Its dataset clauses have no say: the engine is always given `defaultGraph` and `namedGraphs`. */
  readonly text: string;
  readonly kind: QueryKind;
  readonly mediaType: string;
  readonly defaultGraph: QueryDefaultGraph;
  readonly namedGraphs: readonly string[];
}

/** What decides which graphs a query sees. */
export interface QueryContext {
  /** BASE_IRI: names the dataset standaard and resolves relative IRIs. */
  readonly base: string;
  readonly datasets: readonly DatasetSettings[];
  readonly visibility: Visibility;
  /** False gives the default graph of the specifications: the dataset standaard alone. */
  readonly unionDefaultGraph: boolean;
}

const kinds: Readonly<Record<QueryAst['subType'], QueryKind>> = { select: 'solutions', ask: 'boolean', construct: 'graph', describe: 'graph' };

/** Reads a query and decides what it sees. Faults `query-syntax`, `address-refused`. */
export function prepareQuery(request: QueryRequest, context: QueryContext): PreparedQuery {
  const ast = parseQueryText(request.query);
  const kind = kinds[ast.subType];
  const dataset = queryDataset(ast, request, context);
  const tidy = tidyQuery(request.query, ast);
  nameVariables(ast);
  const resolve = iriResolver(ast.context, context.base);
  const endpoint = dataset.stated ? undefined : endpointOf(context.base);
  const specified = bySpecification(ast, { resolve, endpoint, scope: { graphs: dataset.namedGraphs, visible: context.unionDefaultGraph } });
  const plain = !context.unionDefaultGraph && makePlain(ast, context.base, resolve);
  return {
    text: writeQuery(tidy, ast, { base: context.base, changed: specified || plain, resolve }),
    kind,
    mediaType: kind === 'graph' ? request.graphFormat : request.resultFormat,
    defaultGraph: dataset.defaultGraph,
    namedGraphs: dataset.namedGraphs,
  };
}

interface QueryDataset extends Pick<PreparedQuery, 'defaultGraph' | 'namedGraphs'> {
  /** The request or the text names it; otherwise it is what the endpoint gives to anybody who names none. */
  readonly stated: boolean;
}

/**
 * The graphs of a query. Those of the protocol go before those of the text (SPARQL 1.1 Protocol §2.1.4); either gives
 * the whole dataset. A graph that may not be seen is left out, as one that does not exist.
 */
function queryDataset(
  ast: QueryAst,
  { defaultGraphs = [], namedGraphs = [], withProposals = false }: QueryRequest,
  { base, datasets, visibility, unionDefaultGraph }: QueryContext,
): QueryDataset {
  const visible = datasets.filter((dataset) => isVisible(dataset, visibility));
  const iris = new Set(visible.map(({ iri }) => iri));
  const seen = (graphs: Iterable<string>): readonly string[] => [...new Set(graphs)].filter((iri) => iris.has(iri));
  if (defaultGraphs.length > 0 || namedGraphs.length > 0) {
    return { defaultGraph: { merged: false, graphs: seen(defaultGraphs) }, namedGraphs: seen(namedGraphs), stated: true };
  }
  if (ast.datasets.clauses.length > 0) {
    const resolve = iriResolver(ast.context, base);
    const named = (type: 'default' | 'named'): readonly string[] =>
      seen(ast.datasets.clauses.filter(({ clauseType }) => clauseType === type).map(({ value }) => resolve(value)));
    return { defaultGraph: { merged: false, graphs: named('default') }, namedGraphs: named('named'), stated: true };
  }
  const standard = standardDataset(base);
  const added = visible.filter((dataset) =>
    dataset.status === 'voorgesteld' ? withProposals : unionDefaultGraph ? !isMerged(dataset) : dataset.iri === standard,
  );
  // The plain dataset holds neither its own description nor the default graph a second time.
  const own = new Set([standard, catalogueGraph(base)]);
  return {
    defaultGraph: { merged: unionDefaultGraph, graphs: added.map(({ iri }) => iri) },
    namedGraphs: unionDefaultGraph ? [...iris] : [...iris].filter((iri) => !own.has(iri) && describedBy(iri) === undefined),
    stated: false,
  };
}
