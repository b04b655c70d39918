import type { EntityAnswer } from '../../graph/api.js';
import { prov, rdf } from '../../rdf/prefixes.js';
import { literal, namedNode, termText } from '../../rdf/terms.js';
import type { JsonTerm } from '../../pages/sparqlPage.js';
import { select, type Reader } from '../collections/read.js';

/** Statements about one thing that say where they come from; more than this is a table, not a page. */
const mostStatements = 1000;

function text({ type, value, 'xml:lang': language, datatype }: JsonTerm): string {
  if (type === 'uri') return termText(namedNode(value));
  return termText(language === undefined ? literal(value, datatype === undefined ? undefined : namedNode(datatype)) : literal(value, language));
}

/** Where single statements about an entity come from (RDF Schema 1.1 §5.3, with PROV): statement -> sources. */
export async function statementSources(reader: Reader, { iri }: EntityAnswer): Promise<ReadonlyMap<string, readonly string[]>> {
  const about = termText(namedNode(iri));
  const { rows } = await select(
    reader,
    `SELECT DISTINCT ?p ?o ?bron { GRAPH ?g { ?u <${rdf('subject')}> ${about} ; <${rdf('predicate')}> ?p ; <${rdf('object')}> ?o ; <${prov('wasDerivedFrom')}> ?bron } FILTER(isIRI(?bron)) } LIMIT ${mostStatements}`,
  );
  const sources = new Map<string, string[]>();
  for (const { p, o, bron } of rows) {
    if (!p || !o || !bron) continue;
    const key = `${p.value} ${text(o)}`;
    sources.set(key, [...(sources.get(key) ?? []), bron.value]);
  }
  return sources;
}
