import { escapeString } from '../../rdf/ntriples.js';
import type { TermText } from '../../rdf/termText.js';

/*
 * The engine's tab-separated results (SPARQL 1.1 CSV and TSV §4) are its cheapest form by a factor of two. They differ
 * from canonical N-Triples in two ways: numbers and booleans stand bare, and control characters stand raw.
 */
const xsd = 'http://www.w3.org/2001/XMLSchema#';

/* oxlint-disable-next-line no-control-regex -- the characters canonical N-Triples escapes and TSV does not */
const raw = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
/* oxlint-disable-next-line no-control-regex -- as above */
const raws = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** The rows of a tab-separated document, without the header line. */
export function tableRows(table: string): readonly string[] {
  const rows = table.split('\n');
  rows.pop();
  rows.shift();
  return rows;
}

/** The variables of a tab-separated document, without `?`. */
export function tableVariables(table: string): readonly string[] {
  const header = table.slice(0, table.indexOf('\n'));
  return header === '' ? [] : header.split('\t').map((name) => name.slice(1));
}

/** The canonical text of a cell that is not empty. */
export function cellTerm(cell: string): TermText {
  switch (cell.charCodeAt(0)) {
    case 34 /* " */:
      return raw.test(cell) ? cell.replace(raws, escapeString) : cell;
    case 60 /* < */:
    case 95 /* _ */:
      return cell;
    default:
      return bareTerm(cell);
  }
}

function bareTerm(cell: string): TermText {
  const datatype =
    cell === 'true' || cell === 'false' ? 'boolean' : /[eE]/.test(cell) ? 'double' : cell.includes('.') ? 'decimal' : 'integer';
  return `"${cell}"^^<${xsd}${datatype}>`;
}

/** The triple (`subject predicate object`) of a row of three cells. */
export function rowTriple(row: string): string {
  const first = row.indexOf('\t');
  const second = row.indexOf('\t', first + 1);
  return `${row.slice(0, first)} ${row.slice(first + 1, second)} ${cellTerm(row.slice(second + 1))}`;
}
