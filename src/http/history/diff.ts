import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { datasetOf } from '../../graph/changes/datasetOf.js';
import type { Change, DatasetCount } from '../../graph/changeset.js';
import type { Instant } from '../../graph/past/sight.js';
import { changedTerms, changeViews } from '../../pages/changeTable.js';
import { diffPage } from '../../pages/diffPage.js';
import { isAbsoluteIri } from '../../rdf/iri.js';
import { thingIri } from '../../rdf/thingIri.js';
import { fields, visibility } from '../context.js';
import { datasetIri, namesOf, viewOf, type Deps } from '../deps.js';
import { wholeNumber, type Fields } from '../form.js';
import { jsonOffer } from '../formats.js';
import { countsObject } from '../outcome.js';
import { answeredUnchanged, sendJson, sendStream, sendText } from '../send.js';
import { changesBetween, type AskedDiff } from './difference.js';
import { readMoment } from './moment.js';
import { changeOffer, patchOffer, patchText, type PatchHeader } from './patch.js';

/* A page of more is no longer read; programs take the patch. */
const shownOnPage = 200;
const shownInJson = 1000;
const mostInJson = 10_000;

async function readAsked(deps: Deps, res: Response, query: Fields): Promise<AskedDiff> {
  const who = visibility(res);
  const given = query.one('from');
  if (given === undefined) {
    throw new Fault('bad-request', {
      nl: 'Geef ?from= (en ?to=): het nummer van een versie, een dag of een tijd. Zonder ?to= is het de nieuwste versie.',
      en: 'Give ?from= (and ?to=): the number of a version, a day or a time. Without ?to= it is the newest version.',
    });
  }
  const from = await deps.graph.at(readMoment(given, 'from'), who);
  const until = query.one('to');
  const to = await deps.graph.at(until === undefined ? { commit: from.sight.head.number } : readMoment(until, 'to'), who);
  const entity = query.one('entity');
  const named = query.one('dataset');
  const dataset = named === undefined || isAbsoluteIri(named) ? named : datasetIri(deps.graph, named, await deps.graph.datasets(who));
  return { from, to, dataset, entity: entity === undefined ? undefined : thingIri(entity, deps.graph.base) };
}

/** A patch between two whole states has its place in the chain; part of one has none. */
async function headerOf(deps: Deps, res: Response, { from, to, dataset, entity }: AskedDiff): Promise<PatchHeader> {
  if (dataset !== undefined || entity !== undefined || from.sight.at.number >= to.sight.at.number) return {};
  const [previous, id] = await Promise.all([from, to].map(({ sight }) => deps.graph.commit(sight.at.number, visibility(res))));
  return id && previous ? { id: id.hash, previous: previous.hash } : {};
}

/** The same changes, the first of which are there: what is wrong with a request has to show before the answer begins. */
async function begun(batches: AsyncIterable<readonly Change[]>): Promise<AsyncIterable<readonly Change[]>> {
  const iterator = batches[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    for (let next = first; !next.done; next = await iterator.next()) yield next.value;
  })();
}

/** Counts while the changes go by. */
async function* counting(batches: AsyncIterable<readonly Change[]>, counts: Map<string, DatasetCount>): AsyncIterable<readonly Change[]> {
  for await (const batch of batches) {
    for (const { op, line } of batch) {
      const dataset = datasetOf(line);
      const { inserted, deleted } = counts.get(dataset) ?? { inserted: 0, deleted: 0 };
      counts.set(dataset, op === '+' ? { inserted: inserted + 1, deleted } : { inserted, deleted: deleted + 1 });
    }
    yield batch;
  }
}

function moment({ number, time }: Instant): object {
  return { versie: number, tijd: time };
}

/** `/diff?from=&to=`: what really differs between two states, whatever happened in between. */
export async function sendDiff(deps: Deps, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const offer = changeOffer(req.get('accept'), query.one('formaat'));
  const most = wholeNumber(query, 'aantal', { min: 1, max: mostInJson }) ?? shownInJson;
  const asked = await readAsked(deps, res, query);
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  if (offer === patchOffer) {
    await sendStream(req, res, patchText(await begun(changesBetween(deps.graph, asked, visibility(res))), await headerOf(deps, res, asked)));
    return;
  }
  const counts = new Map<string, DatasetCount>();
  const shown = offer === jsonOffer ? most : shownOnPage;
  const changes: Change[] = [];
  for await (const batch of counting(changesBetween(deps.graph, asked, visibility(res)), counts)) changes.push(...batch.slice(0, shown - changes.length));
  const total = [...counts.values()].reduce((sum, { inserted, deleted }) => sum + inserted + deleted, 0);
  const more = total > changes.length;
  const [from, to] = [asked.from.sight.at, asked.to.sight.at];
  if (offer === jsonOffer) {
    sendJson(res, { van: moment(from), tot: moment(to), wijzigingen: countsObject(counts), verschil: changes.map(({ op, line }) => `${op} ${line}`), ...(more ? { meer: true } : {}) });
    return;
  }
  const names = await namesOf(deps, res, [...changedTerms(changes), ...(asked.entity === undefined ? [] : [asked.entity])]);
  const view = viewOf(deps, res, req.url.slice(req.url.indexOf('?')));
  const rest = query.entries.filter(([name]) => name === 'dataset' || name === 'entity');
  const patch = `/diff?${new URLSearchParams([['from', String(from.number)], ['to', String(to.number)], ...rest.map(([name, value]): [string, string] => [name, value]), ['formaat', 'rdfp']])}`;
  sendText(
    res,
    offer.contentType,
    diffPage(view, {
      from,
      to,
      ...(asked.entity === undefined ? {} : { subject: names.of(asked.entity) }),
      kept: rest,
      datasets: await deps.graph.datasets(visibility(res)),
      counts,
      changes: changeViews(changes, names, deps.graph.base, view.t('part')),
      more,
      patch,
    }),
  );
}

