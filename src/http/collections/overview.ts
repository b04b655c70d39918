import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { kindsPage, thingsPage } from '../../pages/overviewPage.js';
import { checkIri } from '../../rdf/iri.js';
import { literal, namedNode, termText } from '../../rdf/terms.js';
import type { CommitCache } from '../commitCache.js';
import { fields, info, visibility } from '../context.js';
import { atHome, namesOf, viewOf, type Deps } from '../deps.js';
import { wholeNumber } from '../form.js';
import { htmlOffer, negotiate } from '../formats.js';
import { answeredUnchanged, sendText } from '../send.js';
import { queryText } from './links.js';
import { select, type Reader } from './read.js';

const pageSize = 250;
/** Kinds one address may name: vocabularies that call the same thing the same. */
const mostKinds = 20;
/** Value of `soort` for things no source gives a kind. */
const unknownKind = 'onbekend';

interface Ready {
  readonly commit: number;
  readonly links: readonly string[];
  readonly body: string;
}

const iris = (list: readonly string[]): string => list.map((iri) => termText(namedNode(iri))).join(' ');
/**
 * Every dataset the caller sees, proposals too: those have pages as well. Parts stand on the page of what leads to them;
 * one that nothing leads to any more has a page of its own.
 */
const everywhere = (base: string, pattern: string): string =>
  `GRAPH ?g { ${pattern} } FILTER(isIRI(?s) && (!STRSTARTS(STR(?s), ${termText(literal(`${base}.well-known/genid/`))}) || NOT EXISTS { GRAPH ?leidend { ?van ?naar ?s } }))`;
const untyped = (base: string): string => `${everywhere(base, '?s ?p ?o')} FILTER NOT EXISTS { GRAPH ?h { ?s a ?klasse } }`;

async function kinds(deps: Deps, reader: Reader, res: Response): Promise<Ready> {
  const { base } = reader.graph;
  const view = viewOf(deps, res);
  const { rows, commit } = await select(reader, `SELECT DISTINCT ?klasse { ${everywhere(base, '?s a ?klasse')} FILTER(isIRI(?klasse)) }`);
  const classes = rows.flatMap(({ klasse }) => klasse?.value ?? []);
  const names = await namesOf(deps, res, classes);
  const labels = [...new Set(classes.map((iri) => names.of(iri)))].toSorted((a, b) => a.localeCompare(b, view.language));
  const pairs = classes.map((iri) => `(${iris([iri])} ${labels.indexOf(names.of(iri))})`);
  const counted = pairs.length === 0 ? [] : (await select(reader, `SELECT ?naam (COUNT(DISTINCT ?s) AS ?n) { VALUES (?klasse ?naam) { ${pairs.join(' ')} } ${everywhere(base, '?s a ?klasse')} } GROUP BY ?naam`)).rows;
  const rest = await select(reader, `SELECT (COUNT(DISTINCT ?s) AS ?n) { ${untyped(base)} }`);
  const without = Number(rest.rows[0]?.['n']?.value ?? 0);
  const totals = new Map(counted.map(({ naam, n }) => [Number(naam?.value), Number(n?.value)]));
  return {
    commit,
    links: [],
    body: kindsPage(view, [
      ...labels.map((label, index) => ({
        label,
        total: totals.get(index) ?? 0,
        path: `/overzicht${queryText(classes.filter((iri) => names.of(iri) === label).toSorted().map((iri) => ['soort', iri] as const))}`,
      })),
      ...(without === 0 ? [] : [{ label: view.t('kindUnknown'), total: without, path: `/overzicht?soort=${unknownKind}` }]),
    ]),
  };
}

async function things(deps: Deps, reader: Reader, res: Response, asked: readonly string[], page: number): Promise<Ready> {
  const { base } = reader.graph;
  const at = (number: number): string => `/overzicht${queryText([...asked.map((kind) => ['soort', kind] as const), ...(number === 1 ? [] : [['pagina', String(number)] as const])])}`;
  const pattern = asked.includes(unknownKind) ? untyped(base) : `VALUES ?klasse { ${iris(asked.map((iri) => checkIri(iri)))} } ${everywhere(base, '?s a ?klasse')}`;
  const { rows, commit } = await select(reader, `SELECT DISTINCT ?s { ${pattern} } ORDER BY ?s LIMIT ${pageSize + 1} OFFSET ${(page - 1) * pageSize}`);
  const found = rows.flatMap(({ s }) => s?.value ?? []);
  if (found.length === 0) {
    throw new Fault('not-found', { nl: 'Hier staat niets. Op /overzicht staan alle soorten die er zijn.', en: 'Nothing here. All kinds there are stand at /overzicht.' });
  }
  const here = found.slice(0, pageSize);
  const names = await namesOf(deps, res, [...here, ...asked]);
  const view = viewOf(deps, res, at(page).slice('/overzicht'.length));
  const previous = page > 1 ? at(page - 1) : undefined;
  const next = found.length > pageSize ? at(page + 1) : undefined;
  const link = (path: string, rel: string): string => `<${view.address(path)}>; rel="${rel}"`;
  return {
    commit,
    links: [...(previous === undefined ? [] : [link(previous, 'prev')]), ...(next === undefined ? [] : [link(next, 'next')])],
    body: thingsPage(view, {
      label: asked.includes(unknownKind) ? view.t('kindUnknown') : names.ofAll(asked).join(', '),
      things: here,
      names,
      page,
      ...(previous === undefined ? {} : { previous }),
      ...(next === undefined ? {} : { next }),
    }),
  };
}

/** `/overzicht`: every entity of any kind, page by page, for people and for spiders. */
export async function getOverview(deps: Deps, cache: CommitCache<Ready>, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const asked = query.all('soort').filter((kind) => kind !== '');
  const page = wholeNumber(query, 'pagina', { min: 1, max: 1_000_000 }) ?? 1;
  if (asked.length > mostKinds) {
    throw new Fault('bad-request', { nl: `Geef hoogstens ${mostKinds} soorten.`, en: `Give ${mostKinds} kinds at most.` });
  }
  const offer = negotiate(req.get('accept'), [htmlOffer]);
  const { credentialed, language, prefix } = info(res);
  const key = credentialed ? undefined : JSON.stringify([asked, page, language, prefix, atHome(deps, res)]);
  const kept = key === undefined ? undefined : cache.get(key, (await deps.graph.status()).commit);
  const reader: Reader = { graph: deps.graph, who: visibility(res), withProposals: false };
  const ready = kept ?? (asked.length === 0 ? await kinds(deps, reader, res) : await things(deps, reader, res, asked, page));
  if (key !== undefined && !kept) cache.set(key, ready.commit, ready);
  if (ready.links.length > 0) res.setHeader('Link', ready.links);
  res.setHeader('Regiograaf-Commit', String(ready.commit));
  if (answeredUnchanged(req, res, offer, ready.commit)) return;
  sendText(res, offer.contentType, ready.body);
}
