import { toAlgebra } from '@traqula/algebra-sparql-1-1';
import type { Update, UpdateOperation as OperationAst, UpdateOperationModify } from '@traqula/rules-sparql-1-1';
import { Fault } from '../../faults.js';
import { checkIri } from '../../rdf/iri.js';
import { checkWords } from '../engine/queryLimits.js';
import { endpointOf } from '../engine/ownService.js';
import { parseUpdateText } from '../engine/sparqlSyntax.js';
import type { GraphTarget, GraphTargets, QuadTemplate, UpdateOperation, UpdatePlan, WhereDataset } from './plan.js';
import { isLight } from './light.js';
import { templateOf } from './templates.js';
import { isSingle, type Prologue, selectOf } from './whereQuery.js';

export interface ParseUpdateOptions {
  /** Resolves relative IRIs; a request's own BASE wins. */
  readonly base?: string;
  /** `using-graph-uri` and `using-named-graph-uri` (SPARQL 1.1 Protocol §2.2.3). */
  readonly usingGraphs?: readonly string[];
  readonly usingNamedGraphs?: readonly string[];
}

type Algebra = ReturnType<typeof toAlgebra>;

/**
 * Parses a SPARQL 1.1 Update request.
 * @throws Fault query-syntax, address-refused (SERVICE), relative-iri, invalid-iri, invalid-term, bad-request (USING in the
 * request and in the protocol's parameters).
 */
export function parseUpdate(text: string, options: ParseUpdateOptions = {}): UpdatePlan {
  checkWords(text);
  const ast = parseUpdateText(text);
  const algebra = resolved(ast, options.base);
  const prologue: Prologue = { base: options.base, definitions: [] };
  const operations: UpdateOperation[] = [];
  for (const { operation, context } of ast.updates) {
    prologue.definitions.push(...context);
    const names = operation === undefined ? undefined : algebra[operations.length];
    if (operation !== undefined && names !== undefined) operations.push(operationOf(operation, names, prologue, options));
  }
  return { operations };
}

/** Each operation in the algebra of the parser: names resolved, collections and blank nodes written out as quads. */
function resolved(ast: Update, base: string | undefined): readonly Algebra[] {
  const updates = ast.updates.map(({ operation, context }) => ({
    context,
    ...(operation === undefined ? {} : { operation: operation.subType === 'modify' ? withoutWhere(operation) : operation }),
  }));
  try {
    const algebra = toAlgebra({ ...ast, updates }, { quads: true, ...(base === undefined ? {} : { baseIRI: base }) });
    if (algebra.type === 'nop') return [];
    return 'updates' in algebra ? algebra.updates : [algebra];
  } catch (error) {
    const relative = error instanceof Error ? /^Cannot resolve relative IRI (.*) because/su.exec(error.message)?.[1] : undefined;
    if (relative !== undefined) checkIri(relative);
    throw error;
  }
}

/**
 * The WHERE is evaluated from its own syntax tree; of the algebra only the names are used. WITH is written as USING,
 * so that its IRI comes out resolved too.
 */
function withoutWhere(operation: UpdateOperationModify): UpdateOperationModify {
  const { where, from, graph, loc } = operation;
  const clauses = from.clauses.length > 0 || graph === undefined ? from.clauses : [{ clauseType: 'default' as const, value: graph }];
  return {
    ...operation,
    from: { ...from, clauses },
    where: { ...where, patterns: [{ type: 'pattern', subType: 'bgp', triples: [], loc }] },
  };
}

function operationOf(operation: OperationAst, algebra: Algebra, prologue: Prologue, options: ParseUpdateOptions): UpdateOperation {
  const deletes = 'delete' in algebra ? (algebra.delete ?? []).map(templateOf) : [];
  const inserts = 'insert' in algebra ? (algebra.insert ?? []).map(templateOf) : [];
  switch (operation.subType) {
    case 'insertdata':
      return { kind: 'data', op: '+', quads: inserts.map(legal) };
    case 'deletedata':
      return { kind: 'data', op: '-', quads: deletes.map(legal) };
    case 'deletewhere': {
      const patterns = operation.data.map((quads) =>
        quads.type === 'graph' ? { type: 'pattern' as const, subType: 'graph' as const, name: quads.graph, patterns: [quads.triples], loc: quads.loc } : quads,
      );
      return modify(deletes, [], { type: 'pattern', subType: 'group', patterns, loc: operation.loc }, { kind: 'service' }, prologue, options);
    }
    case 'modify':
      return modify(deletes, inserts, operation.where, datasetOf(operation, algebra), prologue, options);
    case 'clear':
    case 'drop':
      return { kind: operation.subType, target: targetsOf(operation.destination.subType, algebra), silent: operation.silent };
    case 'create':
      return { kind: 'create', graph: iriOf('source' in algebra ? algebra.source : undefined), silent: operation.silent };
    case 'copy':
    case 'move':
    case 'add':
      return {
        kind: operation.subType,
        source: targetOf('source' in algebra ? algebra.source : undefined),
        destination: targetOf('destination' in algebra ? algebra.destination : undefined),
        silent: operation.silent,
      };
    case 'load':
      return {
        kind: 'load',
        source: iriOf('source' in algebra ? algebra.source : undefined),
        destination: operation.destination === undefined ? 'default' : targetOf('destination' in algebra ? algebra.destination : undefined),
        silent: operation.silent,
      };
  }
}

/* The grammar allows a literal subject. In templates such a quad is left out; where the data itself is wrong we say so. */
function legal(quad: QuadTemplate): QuadTemplate {
  const { subject } = quad;
  if (subject.kind !== 'term' || !subject.text.startsWith('"')) return quad;
  throw new Fault('invalid-term', {
    nl: `De waarde ${subject.text.slice(0, 100)} kan geen onderwerp zijn: een triple begint met een webadres of een naamloze knoop.`,
    en: `The literal ${subject.text.slice(0, 100)} cannot be a subject: a triple begins with an IRI or a blank node.`,
  });
}

function modify(
  deletes: readonly QuadTemplate[],
  inserts: readonly QuadTemplate[],
  where: UpdateOperationModify['where'],
  stated: WhereDataset,
  prologue: Prologue,
  { base, usingGraphs = [], usingNamedGraphs = [] }: ParseUpdateOptions,
): UpdateOperation {
  const templates = [...deletes, ...inserts];
  const isStated = stated.kind !== 'service' || usingGraphs.length > 0 || usingNamedGraphs.length > 0;
  const endpoint = base === undefined || isStated ? undefined : endpointOf(base);
  // Before the text is made: a better order changes the tree.
  const light = isLight(where);
  const made = { kind: 'modify', deletes, inserts, ...selectOf(where, templates, prologue, endpoint), single: isSingle(templates), light } as const;
  if (usingGraphs.length === 0 && usingNamedGraphs.length === 0) return { ...made, dataset: stated };
  if (stated.kind !== 'service') {
    throw new Fault('bad-request', {
      nl: 'De wijziging gebruikt WITH of USING; dan kan using-graph-uri of using-named-graph-uri niet ook. Kies één van beide.',
      en: 'The update uses WITH or USING; using-graph-uri and using-named-graph-uri are not allowed beside it. Choose one.',
    });
  }
  const dataset = { kind: 'using', graphs: usingGraphs.map(checkIri), namedGraphs: usingNamedGraphs.map(checkIri) } as const;
  return { ...made, dataset };
}

function datasetOf(operation: UpdateOperationModify, algebra: Algebra): WhereDataset {
  const from = 'where' in algebra ? algebra.where : undefined;
  if (from === undefined || !('named' in from)) return { kind: 'service' };
  const graphs = from.default.map((term) => checkIri(term.value));
  const [first] = graphs;
  if (operation.from.clauses.length === 0 && first !== undefined) return { kind: 'with', graph: first };
  return { kind: 'using', graphs, namedGraphs: from.named.map((term) => checkIri(term.value)) };
}

function targetsOf(subType: 'default' | 'named' | 'all' | 'specific', algebra: Algebra): GraphTargets {
  if (subType === 'named' || subType === 'all') return subType;
  return targetOf('source' in algebra ? algebra.source : undefined);
}

type GraphName = string | { readonly value: string } | undefined;

function targetOf(name: GraphName): GraphTarget {
  return name === 'DEFAULT' ? 'default' : { graph: iriOf(name) };
}

function iriOf(name: GraphName): string {
  if (typeof name !== 'object') throw new TypeError('The parser named no graph');
  return checkIri(name.value);
}
