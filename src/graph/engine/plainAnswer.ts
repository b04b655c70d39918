import { blankLabel } from '../../rdf/skolem.js';
import { unescapeString } from '../../rdf/ntriples.js';
import { tableRows, tableVariables } from './table.js';

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A document of the engine with blank nodes for skolem IRIs. Strings are passed over: they may hold anything. */
export function withBlankNodes(body: string, mediaType: string, base: string): string {
  const start = `${base}.well-known/genid/`;
  if (!body.includes(start) && !(mediaType.includes('json') && body.includes('genid'))) return body;
  const label = (id: string): string => blankLabel(start + id, base);
  switch (mediaType) {
    case 'application/sparql-results+json':
      return body.replaceAll(new RegExp(`\\{"type":"uri","value":"${escaped(start)}([^"\\\\]*)"\\}`, 'g'), (_, id: string) => `{"type":"bnode","value":"${label(id)}"}`);
    case 'application/sparql-results+xml':
      return body.replaceAll(new RegExp(`<uri>${escaped(start)}([^<&]*)</uri>`, 'g'), (_, id: string) => `<bnode>${label(id)}</bnode>`);
    case 'application/rdf+xml':
      return body.replaceAll(new RegExp(`(?<= )rdf:(?:about|resource)="${escaped(start)}([^"&]*)"`, 'g'), (_, id: string) => `rdf:nodeID="n${label(id)}"`);
    case 'application/ld+json':
      return body.replaceAll(new RegExp(`"@id":"${escaped(start)}([^"\\\\]*)"`, 'g'), (_, id: string) => `"@id":"_:${label(id)}"`);
    default:
      return body.replaceAll(new RegExp(`"""(?:[^"\\\\]|\\\\.|""?(?!"))*"""|"(?:[^"\\\\\\n]|\\\\.)*"|<${escaped(start)}([^>]*)>`, 'gs'), (all: string, id: string | undefined) => (id === undefined ? all : `_:${label(id)}`));
  }
}

/** A tab-separated answer as comma-separated values (SPARQL 1.1 CSV and TSV §3), which alone cannot tell IRIs from strings. */
export function commaSeparated(table: string): string {
  const lines = [tableVariables(table).join(','), ...tableRows(table).map((row) => row.split('\t').map(plainCell).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}

function plainCell(cell: string): string {
  const text = cell.startsWith('<') ? cell.slice(1, -1) : cell.startsWith('"') ? unescapeString(cell.slice(1, cell.lastIndexOf('"'))) : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
