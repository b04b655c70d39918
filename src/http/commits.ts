import { Router, type Request, type Response } from 'express';
import { Fault } from '../faults.js';
import type { Change } from '../graph/changeset.js';
import type { CommitView } from '../graph/api.js';
import { changedTerms, changeViews } from '../pages/changeTable.js';
import { commitPage, commitsPage, messageTerms } from '../pages/commitPages.js';
import { checkIri } from '../rdf/iri.js';
import { fields, visibility } from './context.js';
import { address, namesOf, viewOf, type Deps } from './deps.js';
import { wholeNumber } from './form.js';
import { htmlOffer, jsonOffer, negotiate, type Offer } from './formats.js';
import { route } from './route.js';
import { answeredUnchanged, sendJson, sendStream, sendText } from './send.js';
import { countsObject } from './outcome.js';

const offers: readonly Offer[] = [jsonOffer, htmlOffer];
const patchOffer: Offer = { name: 'patch', suffix: 'rdfp', mediaType: 'application/rdf-patch', contentType: 'application/rdf-patch; charset=utf-8', label: 'RDF Patch' };
/* A page of more is no longer read; programs take the patch. */
const shownChanges = 200;

function commitJson(deps: Deps, commit: CommitView): Readonly<Record<string, unknown>> {
  const counts = countsObject(new Map(commit.parts.map((part) => [part.dataset, part])));
  return {
    versie: commit.number,
    tijd: commit.time,
    omschrijving: commit.message,
    door: commit.agent,
    soort: commit.source,
    hash: commit.hash,
    vorige: commit.previous,
    wijzigingen: counts,
    pagina: address(deps, `/commits/${commit.number}`),
  };
}

async function sendList(deps: Deps, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const offer = negotiate(req.get('accept'), offers);
  const before = wholeNumber(query, 'voor', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const limit = wholeNumber(query, 'aantal', { min: 1, max: 500 }) ?? 50;
  const entity = query.one('iri');
  const dataset = query.one('dataset');
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  const found = await deps.graph.commits(
    { limit: limit + 1, ...(before === undefined ? {} : { before }), ...(entity === undefined ? {} : { entity: checkIri(entity) }), ...(dataset === undefined ? {} : { dataset: checkIri(dataset) }) },
    visibility(res),
  );
  const commits = found.slice(0, limit);
  const last = commits.at(-1);
  const rest = query.entries.filter(([name]) => name !== 'voor').map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('');
  const older = found.length > limit && last ? `/commits?voor=${last.number}${rest}` : undefined;
  if (older !== undefined) res.setHeader('Link', `<${address(deps, older)}>; rel="next"`);
  if (offer === jsonOffer) sendJson(res, { versies: commits.map((commit) => commitJson(deps, commit)), ...(older === undefined ? {} : { volgende: address(deps, older) }) });
  else sendText(res, offer.contentType, commitsPage(viewOf(deps, res), commits, await namesOf(deps, res, messageTerms(commits)), older));
}

async function* patch(batches: AsyncIterable<readonly Change[]>, commit: CommitView): AsyncIterable<string> {
  yield `H id <urn:sha256:${commit.hash}> .\nH prev <urn:sha256:${commit.previous}> .\nTX .\n`;
  for await (const batch of batches) yield batch.map(({ op, line }) => `${op === '+' ? 'A' : 'D'} ${line}\n`).join('');
  yield 'TC .\n';
}

async function firstChanges(deps: Deps, res: Response, number: number): Promise<{ readonly changes: readonly Change[]; readonly more: boolean }> {
  const changes: Change[] = [];
  for await (const batch of deps.graph.changes(number, visibility(res))) {
    changes.push(...batch.slice(0, shownChanges + 1 - changes.length));
    if (changes.length > shownChanges) return { changes: changes.slice(0, shownChanges), more: true };
  }
  return { changes, more: false };
}

async function sendCommit(deps: Deps, req: Request, res: Response): Promise<void> {
  const text = String(req.params['number']);
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const commit = await deps.graph.commit(number, visibility(res));
  if (!commit) throw new Fault('not-found', { nl: `Versie ${text} bestaat niet.`, en: `There is no version ${text}.` });
  const offer = negotiate(req.get('accept'), [...offers, patchOffer]);
  /* A commit never changes, but what may be shown of it does (visibility, purge), and names in pages do. */
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  if (offer === patchOffer) {
    await sendStream(req, res, patch(deps.graph.changes(number, visibility(res)), commit));
    return;
  }
  const { changes, more } = await firstChanges(deps, res, number);
  if (offer === jsonOffer) {
    sendJson(res, { ...commitJson(deps, commit), verschil: changes.map(({ op, line }) => `${op} ${line}`), ...(more ? { meer: true } : {}) });
    return;
  }
  const names = await namesOf(deps, res, [...changedTerms(changes), ...messageTerms([commit])]);
  const view = viewOf(deps, res);
  const datasets = await deps.graph.datasets(visibility(res));
  sendText(res, offer.contentType, commitPage(view, { commit, names, datasets, changes: changeViews(changes, names, deps.graph.base, view.t('part')), more }));
}

/** `/commits`: the log, as a caller may see it. */
export function commitsRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/commits', { get: (req, res) => sendList(deps, req, res) });
  route(router, '/commits/:number', { get: (req, res) => sendCommit(deps, req, res) });
  return router;
}
