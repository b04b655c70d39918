import { splitLine } from '../../rdf/nquads.js';
import { parseTermText } from '../../rdf/terms.js';
import type { ComposedPage } from './streamPages.js';
import { link, terms } from './terms.js';

export type PageFormat = 'turtle' | 'trig' | 'ntriples' | 'nquads' | 'jsonld';

/**
 * Writes a page in the order of the TREE profile: hypermedia first, then each member after the triple that makes it
 * one. Line by line, because that is read and written fastest; Turtle and TriG hold N-Triples as they are.
 */
export function writePage(page: ComposedPage, format: PageFormat, streamIri: string): string {
  if (format === 'jsonld') return jsonLd(page, streamIri);
  const parts: string[] = [...page.hypermedia];
  for (const { iri, lines, graph } of page.members) {
    parts.push(link(streamIri, terms.tree('member'), iri), ...lines);
    if (graph.length === 0) continue;
    if (format === 'nquads') for (const line of graph) parts.push(`${line.slice(0, -1)}<${iri}> .`);
    else if (format === 'trig') parts.push(`<${iri}> {`, ...graph, '}');
  }
  return `${parts.join('\n')}\n`;
}

type Json = { [key: string]: unknown };

/** Expanded JSON-LD 1.1: whole IRIs, so that no context has to be fetched or understood. */
function jsonLd({ hypermedia, members }: ComposedPage, streamIri: string): string {
  const documents: Json[] = [...nodes(hypermedia)];
  for (const { iri, lines, graph } of members) {
    documents.push({ '@id': streamIri, [terms.tree('member')]: [{ '@id': iri }] });
    const [own = { '@id': iri }, ...others] = nodes(lines);
    documents.push(graph.length === 0 ? own : { ...own, '@graph': nodes(graph) }, ...others);
  }
  return `[\n${documents.map((document) => JSON.stringify(document)).join(',\n')}\n]\n`;
}

function nodes(lines: readonly string[]): Json[] {
  const found = new Map<string, Json>();
  for (const line of lines) {
    const { subject, predicate, object } = splitLine(line);
    const id = subject.startsWith('<') ? subject.slice(1, -1) : subject;
    let node = found.get(id);
    if (!node) found.set(id, (node = { '@id': id }));
    const isType = predicate === `<${terms.rdf('type')}>`;
    const key = isType ? '@type' : predicate.slice(1, -1);
    const values = node[key];
    const json = isType ? object.slice(1, -1) : jsonValue(object);
    if (Array.isArray(values)) values.push(json);
    else node[key] = [json];
  }
  return [...found.values()];
}

function jsonValue(object: string): unknown {
  const term = parseTermText(object);
  if (term.termType !== 'Literal') return { '@id': term.termType === 'BlankNode' ? object : term.value };
  if (term.language) return { '@value': term.value, '@language': term.language };
  return term.datatype.value === terms.xsd('string') ? { '@value': term.value } : { '@value': term.value, '@type': term.datatype.value };
}
