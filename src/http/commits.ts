import { Router, type Request, type Response } from 'express';
import { Fault } from '../faults.js';
import type { Change } from '../graph/changeset.js';
import type { CommitView } from '../graph/api.js';
import { changedTerms, changeViews } from '../pages/changeTable.js';
import { commitPage, commitsPage, messageTerms } from '../pages/commitPages.js';
import { checkIri, isAbsoluteIri } from '../rdf/iri.js';
import { thingIri } from '../rdf/thingIri.js';
import { fields, visibility } from './context.js';
import { address, datasetIri, namesOf, viewOf, type Deps } from './deps.js';
import { wholeNumber } from './form.js';
import { htmlOffer, jsonOffer, type Offer } from './formats.js';
import { changeOffer, firstOf, patchOffer, patchText } from './history/patch.js';
import { route } from './route.js';
import { answeredUnchanged, sendJson, sendStream, sendText } from './send.js';
import { agentObject, countsObject } from './outcome.js';

const offers: readonly Offer[] = [jsonOffer, htmlOffer];
/* A page of more is no longer read; programs take the patch. */
const shownChanges = 200;

function commitJson(deps: Deps, commit: CommitView): Readonly<Record<string, unknown>> {
  const counts = countsObject(new Map(commit.parts.map((part) => [part.dataset, part])));
  return {
    versie: commit.number,
    tijd: commit.time,
    omschrijving: commit.message,
    door: agentObject(commit.agent),
    soort: commit.source,
    hash: commit.hash,
    vorige: commit.previous,
    wijzigingen: counts,
    pagina: address(deps, `/commits/${commit.number}`),
  };
}

async function sendList(deps: Deps, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const offer = changeOffer(req.get('accept'), query.one('formaat'), offers);
  const before = wholeNumber(query, query.has('before') ? 'before' : 'voor', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const limit = wholeNumber(query, 'aantal', { min: 1, max: 500 }) ?? 50;
  const named = query.one('entity') ?? query.one('iri');
  const entity = named === undefined ? undefined : thingIri(named, deps.graph.base);
  const slug = query.one('dataset');
  const dataset = slug === undefined || isAbsoluteIri(slug) ? slug : datasetIri(deps.graph, slug, await deps.graph.datasets(visibility(res)));
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  const found = await deps.graph.commits(
    { limit: limit + 1, ...(before === undefined ? {} : { before }), ...(entity === undefined ? {} : { entity }), ...(dataset === undefined ? {} : { dataset: checkIri(dataset) }) },
    visibility(res),
  );
  const commits = found.slice(0, limit);
  const last = commits.at(-1);
  const rest = query.entries.filter(([name]) => name !== 'voor' && name !== 'before').map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('');
  const older = found.length > limit && last ? `/commits?voor=${last.number}${rest}` : undefined;
  if (older !== undefined) res.setHeader('Link', `<${address(deps, older)}>; rel="next"`);
  if (offer === jsonOffer) sendJson(res, { versies: commits.map((commit) => commitJson(deps, commit)), ...(older === undefined ? {} : { volgende: address(deps, older) }) });
  else {
    const about = [entity, dataset].filter((iri) => iri !== undefined);
    const names = await namesOf(deps, res, [...messageTerms(commits), ...about]);
    sendText(res, offer.contentType, commitsPage(viewOf(deps, res), { commits, names, about, older }));
  }
}

async function sendCommit(deps: Deps, req: Request, res: Response): Promise<void> {
  const text = String(req.params['number']);
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const commit = await deps.graph.commit(number, visibility(res));
  if (!commit) throw new Fault('not-found', { nl: `Versie ${text} bestaat niet.`, en: `There is no version ${text}.` });
  const query = fields(req);
  const offer = changeOffer(req.get('accept'), query.one('formaat'));
  const named = query.one('entity');
  const entity = named === undefined ? undefined : thingIri(named, deps.graph.base);
  const changed = (): AsyncIterable<readonly Change[]> => deps.graph.changes(number, visibility(res), entity);
  /* A commit never changes, but what may be shown of it does (visibility, purge), and names in pages do. */
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  if (offer === patchOffer) {
    /* What is only a part of a commit has no place in the chain. */
    const place = entity === undefined ? { id: commit.hash, ...(commit.number > 1 ? { previous: commit.previous } : {}) } : {};
    await sendStream(req, res, patchText(changed(), place));
    return;
  }
  const { changes, more } = await firstOf(changed(), shownChanges);
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
