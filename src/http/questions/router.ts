import { createHash } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { findQuestion, meantQuestion, questions, questionText, readsProposals, type Question } from '../../datasets/questions.js';
import { Fault } from '../../faults.js';
import type { QueryAnswer } from '../../graph/api.js';
import { questionPage, questionsPage } from '../../pages/questionPage.js';
import type { JsonTerm } from '../../pages/sparqlPage.js';
import { CommitCache } from '../commitCache.js';
import { info, visibility } from '../context.js';
import { address, namesOf, viewOf, type Deps } from '../deps.js';
import { documentOffers, htmlOffer, negotiate, type Offer } from '../formats.js';
import { route } from '../route.js';
import { answeredUnchanged, sendJson, sendText } from '../send.js';
import { pageOffer, resultOffers } from '../sparql/formats.js';
import { keepWarm } from '../warmAnswers.js';
import { questionsDocument } from './list.js';

/** Characters of answers kept. */
const cacheSize = 8_000_000;
const listOffers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer];
const answerOffers = [...resultOffers, pageOffer];
const shownForms: ReadonlySet<string> = new Set(['csv', 'json', 'xml', 'tsv']);

function byName(name: string): Question {
  const question = findQuestion(name);
  if (question) return question;
  const known = questions().map((one) => one.name);
  const meant = meantQuestion(name);
  const near = 'name' in meant ? [meant.name] : meant;
  const hint = near.length === 0 ? { nl: '', en: '' } : { nl: ` Bedoelde u ${near.join(', of ')}?`, en: ` Did you mean ${near.join(', or ')}?` };
  throw new Fault(
    'not-found',
    { nl: `De vraag "${name}" bestaat niet.${hint.nl} Op /vragen staan ze allemaal.`, en: `There is no question "${name}".${hint.en} All of them are at /vragen.` },
    { extra: { parameter: 'naam', waarde: name, toegelaten: known } },
  );
}

/** A name of a question, with or without the suffix of a form. */
function asked(req: Request): { readonly question: Question; readonly offer: (typeof answerOffers)[number] } {
  const path = String(req.params['name']);
  const at = path.lastIndexOf('.');
  const suffixed = at === -1 ? undefined : answerOffers.find(({ suffix }) => suffix === path.slice(at + 1));
  const question = byName(suffixed ? path.slice(0, at) : path);
  return { question, offer: suffixed ?? negotiate(req.get('accept'), answerOffers) };
}

interface Results {
  readonly head: { readonly vars: readonly string[] };
  readonly results: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

async function page(deps: Deps, res: Response, question: Question, answer: QueryAnswer, query: string): Promise<string> {
  const { head, results } = JSON.parse(answer.body) as Results;
  const iris = results.bindings.flatMap((row) => Object.values(row).flatMap(({ type, value }) => (type === 'uri' ? [value] : [])));
  const view = viewOf(deps, res);
  return questionPage(view, {
    question,
    variables: head.vars,
    rows: results.bindings,
    names: await namesOf(deps, res, iris),
    commit: answer.commit,
    query,
    change: view.href(`/sparql?query=${encodeURIComponent(query)}${readsProposals(question) ? '&bronstatus=alle' : ''}`),
    downloads: resultOffers.flatMap(({ name, suffix, label, mediaType }) => (shownForms.has(name) ? [{ href: address(deps, `/vragen/${question.name}.${suffix}`), label, type: mediaType }] : [])),
  });
}

async function answerQuestion(deps: Deps, cache: CommitCache<QueryAnswer>, req: Request, res: Response): Promise<void> {
  const { question, offer } = asked(req);
  const { graph } = deps;
  const { commit } = await graph.status();
  if (answeredUnchanged(req, res, offer, commit)) return;
  const key = info(res).credentialed ? undefined : `${question.name} ${offer.result}`;
  const kept = key === undefined ? undefined : cache.get(key, commit);
  const query = questionText(question, graph.base);
  const answer = kept ?? (await graph.query({ query, withProposals: readsProposals(question), resultFormat: offer.result, graphFormat: 'text/turtle' }, visibility(res), { own: true }));
  if (key !== undefined && !kept) cache.set(key, answer.commit, answer);
  if (answer.commit !== commit && answeredUnchanged(req, res, offer, answer.commit)) return;
  keepWarm(res);
  res.setHeader('Regiograaf-Commit', String(answer.commit));
  sendText(res, offer.contentType, offer.name === 'html' ? await page(deps, res, question, answer, query) : answer.body);
}

/** `/vragen`: the questions that are ready, and their answers. */
export function questionsRouter(deps: Deps): Router {
  const router = Router();
  const version = createHash('sha256').update(JSON.stringify(questions())).digest('hex').slice(0, 12);
  const cache = new CommitCache<QueryAnswer>(cacheSize, ({ body }) => body.length);
  route(router, ['/vragen', '/vragen.jsonld', '/vragen.json'], {
    get: (req, res) => {
      const offer = req.path === '/vragen' ? negotiate(req.get('accept'), listOffers) : (listOffers.find(({ suffix }) => req.path.endsWith(`.${suffix}`)) ?? htmlOffer);
      /* The list comes with the package: it does not depend on the graph. */
      res.setHeader('Link', `<${address(deps, '/vragen.jsonld')}>; rel="alternate"; type="application/ld+json"`);
      if (answeredUnchanged(req, res, { ...offer, name: `${offer.name}.${version}` }, 0)) return;
      if (offer.name === 'html') sendText(res, offer.contentType, questionsPage(viewOf(deps, res), questions(), address(deps, '/vragen.jsonld')));
      else sendJson(res, questionsDocument(deps.graph.base, questions()), offer.contentType);
    },
  });
  route(router, '/vragen/:name', { get: (req, res) => answerQuestion(deps, cache, req, res) });
  return router;
}
