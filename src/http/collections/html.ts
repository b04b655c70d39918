import type { Response } from 'express';
import { collectionPage } from '../../pages/collectionPage.js';
import type { CollectionPage, ShownItem } from '../../pages/collectionView.js';
import { viewOf, type Deps } from '../deps.js';
import { csvOffer, excelOffer, offers, otherForms, queryText, type Around } from './links.js';
import { largestSize, sortKeys, statusChoices, type CollectionRequest } from './parameters.js';
import { distinct, matching, type Choices, type ItemsPage } from './read.js';
import { collections, type Collection, type FilterName } from './table.js';

export interface FoundPage {
  readonly collection: Collection;
  readonly request: CollectionRequest;
  readonly found: ItemsPage;
  readonly choices: Choices;
  readonly here: Around;
  readonly items: readonly ShownItem[];
  readonly alternates: readonly { readonly href: string; readonly type: string }[];
}

/** The page of a collection for people. */
export function collectionHtml(deps: Deps, res: Response, { collection, request, found, choices, here, items, alternates }: FoundPage): string {
  const view = viewOf(deps, res, queryText([...request.kept.filter(([name]) => name !== 'taal'), ...(request.page === 1 ? [] : [['pagina', String(request.page)] as const])]));
  const filters = (Object.keys(collection.filters) as FilterName[]).map((name) => {
    const chosen = request.filters.get(name) ?? [];
    if (name === 'gemeente') return { name, chosen };
    const known = choices.get(name) ?? [];
    const picked = chosen.flatMap((value) => distinct(matching(known, value)).map(({ key }) => key));
    return { name, choices: distinct(known.filter(({ key, used }) => used || picked.includes(key))), chosen: picked };
  });
  const page: CollectionPage = {
    ...collection,
    ...found,
    pageNumber: request.page,
    from: (request.page - 1) * request.size + 1,
    items,
    search: request.searches.map((words) => words.join(' '))[0] ?? '',
    filters,
    statusChoices: ['', ...statusChoices],
    status: request.statuses?.[0] ?? (request.withProposals ? 'alle' : ''),
    sorts: sortKeys(collection).map((key) => ({ key, label: collection.columns.find((column) => column.key === key.replace(/^-/, ''))?.label ?? { nl: 'Naam', en: 'Name' } })),
    sort: request.sort.text,
    size: request.size,
    filtered: request.kept.some(([name]) => !['sorteer', 'aantal', 'taal', 'formaat'].includes(name)),
    narrowed: request.kept.some(([name]) => !['q', 'taal', 'formaat'].includes(name)),
    links: here,
    downloads: otherForms(deps, collection, { ...request, page: 1, kept: [...request.kept.filter(([name]) => name !== 'aantal'), ['aantal', String(largestSize)]] }, [csvOffer, excelOffer, ...offers.filter(({ name }) => name === 'jsonld' || name === 'turtle')]),
    alternates,
    siblings: collections,
  };
  return collectionPage(view, page);
}
