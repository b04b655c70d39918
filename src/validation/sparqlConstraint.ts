import { owl } from '../rdf/prefixes.js';
import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { ownNamespace } from '../graph/catalogue.js';
import { preparedText } from '../graph/engine/preparedText.js';
import type { Path } from './path.js';
import type { Read } from './reads.js';
import { IllFormed, shacl, type ShapesGraph } from './shapesGraph.js';
import { bindMany, bindThis, datasetMark, thisMark, type FocusKind } from './sparqlBinding.js';
import { parseSelect } from './sparqlParse.js';
import { neededPredicates, selectReads } from './sparqlReads.js';
import { textsOf } from './texts.js';

/** One SPARQL-based constraint (SHACL §5.2), parsed once. */
export interface SparqlConstraint {
  readonly node: TermText;
  readonly messages: Readonly<Record<string, string>>;
  readonly reads: readonly Read[];
  /** Without these predicates a focus node has no solutions: the query need not run. */
  readonly needs: readonly TermText[];
  /** The query for one focus node in one dataset. */
  query(focus: TermText, kind: FocusKind, dataset: string, merged: boolean): string;
  /** The query for many IRIs that a merged dataset describes, with at most `limit` rows; absent where one query cannot do that. */
  readonly queryMany?: (focuses: readonly TermText[], dataset: string, limit: number) => string;
}

/** `$shapesGraph`: shapes are no named graph of the data, so the name stands for them and cannot be read. */
const shapesGraphName = `${ownNamespace}shapes`;

/** Reads the value of `sh:sparql`; undefined for a deactivated one. */
export function readSparql(graph: ShapesGraph, node: TermText, shape: TermText, path: Path | undefined): SparqlConstraint | undefined {
  if (graph.values(node, shacl('ask')).length > 0) throw new IllFormed('sh:ask hoort niet bij sh:sparql', 'sh:ask is not allowed in a SPARQL-based constraint');
  const texts = graph.values(node, shacl('select'));
  const [text] = texts;
  if (text === undefined || texts.length > 1) throw new IllFormed('sh:sparql heeft precies één sh:select nodig', 'sh:sparql needs exactly one sh:select');
  const query = parseSelect(`${declarations(graph, node)}${parseTermText(text).value}`, path);
  if (graph.isTrue(node, shacl('deactivated'))) return undefined;
  const compiled = new Map<string, string>();
  const currentShape = shape.startsWith('<') ? shape.slice(1, -1) : `urn:regiograaf:shape:${shape.slice(2)}`;
  const many = bindMany(query, { currentShape, shapesGraph: shapesGraphName });
  return {
    node,
    ...(many !== undefined && {
      queryMany: (focuses, dataset, limit) =>
        `${many.replaceAll(`<${datasetMark}>`, () => `<${dataset}>`).replace(`<${thisMark}>`, () => focuses.join(' '))} LIMIT ${limit}`,
    }),
    messages: textsOf(graph.values(node, shacl('message'))),
    reads: selectReads(query),
    needs: neededPredicates(query),
    query(focus, kind, dataset, merged) {
      const key = `${kind} ${merged}`;
      let template = compiled.get(key);
      if (template === undefined) {
        const bound = bindThis(query, { focus: kind, merged, currentShape, shapesGraph: shapesGraphName });
        // An order may take `= $this` for identity, which it is not of literals.
        compiled.set(key, (template = kind === 'literal' ? bound : preparedText(bound)));
      }
      return template.replaceAll(`<${datasetMark}>`, () => `<${dataset}>`).replaceAll(`<${thisMark}>`, () => focus);
    },
  };
}

/** PREFIX lines from `sh:prefixes`, following `owl:imports` within the shapes (SHACL §5.2.1). */
function declarations(graph: ShapesGraph, node: TermText): string {
  const lines = new Map<string, string>();
  const sources = new Set(graph.values(node, shacl('prefixes')));
  for (const source of sources) {
    for (const imported of graph.values(source, `<${owl('imports')}>`)) sources.add(imported);
    for (const declaration of graph.values(source, shacl('declare'))) {
      const prefix = graph.value(declaration, shacl('prefix'));
      const namespace = graph.value(declaration, shacl('namespace'));
      if (prefix === undefined || namespace === undefined) throw new IllFormed(`onvolledige sh:declare bij ${source}`, `incomplete sh:declare at ${source}`);
      const name = parseTermText(prefix).value;
      const line = `PREFIX ${name}: <${parseTermText(namespace).value}>\n`;
      if ((lines.get(name) ?? line) !== line) throw new IllFormed(`prefix ${name} is twee keer verschillend bepaald`, `prefix ${name} is declared twice with different namespaces`);
      lines.set(name, line);
    }
  }
  return [...lines.values()].join('');
}
