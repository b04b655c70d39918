import type { Names } from '../../pages/labels.js';
import type { ShownCell, ShownItem } from '../../pages/collectionView.js';
import { documentPath } from '../../pages/view.js';
import { columnsQuery } from './queries.js';
import { select, type Reader } from './read.js';
import type { Collection } from './table.js';

/** Address of the page about a thing, for documents that travel. */
export function itemPage(base: string, iri: string): string {
  return base + documentPath(base, iri).slice(1);
}

/** The items as tables show them, in the order given. */
export async function shownItems(
  reader: Reader,
  collection: Collection,
  items: readonly string[],
  naming: (iris: readonly string[]) => Promise<Names>,
): Promise<{ readonly items: readonly ShownItem[]; readonly commit?: number }> {
  if (items.length === 0) return { items: [] };
  const { rows, commit } = await select(reader, columnsQuery(collection, items));
  const names = await naming([...items, ...rows.flatMap(({ v }) => (v?.type === 'uri' ? [v.value] : []))]);
  const statusOf = new Map((await reader.graph.datasets(reader.who)).map(({ iri, status }) => [iri, status]));
  const found = new Map(items.map((iri) => [iri, { cells: new Map<string, ShownCell[]>(), datasets: new Set<string>() }]));
  for (const { s, kolom, v } of rows) {
    const item = found.get(s?.value ?? '');
    if (!item || !kolom || !v) continue;
    if (kolom.value === 'dataset') item.datasets.add(v.value);
    else if (v.value !== collection.classes[0]) {
      const cell = { value: v.value, ...(v.type === 'uri' ? { label: names.of(v.value) } : {}), ...(v.datatype === undefined ? {} : { datatype: v.datatype }) };
      const cells = item.cells.get(kolom.value) ?? [];
      /* A class and a code of one name are one thing to a reader. */
      if (cell.label === undefined || !cells.some(({ label }) => label === cell.label)) item.cells.set(kolom.value, [...cells, cell]);
    }
  }
  return {
    commit,
    items: [...found].map(([iri, { cells, datasets }]) => ({
      iri,
      name: names.of(iri),
      page: itemPage(reader.graph.base, iri),
      cells: new Map([...cells].map(([key, list]) => [key, list.toSorted((a, b) => (a.label ?? a.value).localeCompare(b.label ?? b.value, names.language))])),
      statuses: [...new Set([...datasets].flatMap((dataset) => statusOf.get(dataset) ?? []))].toSorted(),
    })),
  };
}
