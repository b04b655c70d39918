import type { ShownCell, ShownItem } from '../../pages/collectionView.js';
import type { Column } from './table.js';

/** The two ways of CSV: that of RFC 4180, and what a spreadsheet in this country opens with a double click. */
export type CsvStyle = 'csv' | 'csv-excel';

const between = ' | ';

function cellText({ kind }: Pick<Column, 'kind'>, cells: readonly ShownCell[], style: CsvStyle): string {
  const numeric = kind === 'amount' || kind === 'number';
  return cells.map(({ value, label }) => (kind === 'link' ? (label ?? value) : numeric && style === 'csv-excel' ? value.replace('.', ',') : value)).join(between);
}

/** A spreadsheet would run a text that begins like a formula; an apostrophe keeps it text. */
function defused(value: string, style: CsvStyle): string {
  return style === 'csv-excel' && /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:,\d+)?$/.test(value) ? `'${value}` : value;
}

function field(value: string, separator: string): string {
  return /["\r\n]/.test(value) || value.includes(separator) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A page of a collection as CSV; linked things give their name, and their IRI in a column beside it. */
export function csv(columns: readonly Column[], items: readonly ShownItem[], style: CsvStyle): string {
  const separator = style === 'csv' ? ',' : ';';
  const head = ['iri', 'naam', ...columns.flatMap(({ key, kind }) => (kind === 'link' ? [key, `${key}_iri`] : [key])), 'bronstatus', 'pagina'];
  const rows = items.map(({ iri, name, cells, statuses, page }) => [
    iri,
    name,
    ...columns.flatMap((column) => {
      const found = cells.get(column.key) ?? [];
      const shown = cellText(column, found, style);
      return column.kind === 'link' ? [shown, found.map(({ value }) => value).join(between)] : [shown];
    }),
    statuses.join(between),
    page,
  ]);
  const lines = [head, ...rows].map((row) => row.map((value) => field(defused(value, style), separator)).join(separator));
  return `${style === 'csv' ? '' : '\uFEFF'}${lines.join('\r\n')}\r\n`;
}
