import type { Request, Response } from 'express';
import { findQuestion, questions, questionText, readsProposals } from '../../datasets/questions.js';
import { Fault } from '../../faults.js';
import type { QueryAnswer } from '../../graph/api.js';
import { shownRows } from '../../pages/sparqlAnswer.js';
import { exampleQuery, sparqlPage, type Downloads, type QueryAnswered, type SparqlPage } from '../../pages/sparqlPage.js';
import type { View } from '../../pages/view.js';
import { editorFolder } from '../assets/editor.js';
import { fields } from '../context.js';
import { address, namesOf, viewOf, type Deps } from '../deps.js';
import type { Fields } from '../form.js';
import { graphOffers } from '../formats.js';
import { allowOwnScripts } from '../middleware/securityHeaders.js';
import { noStore, sendText } from '../send.js';
import { resultOffers } from './formats.js';
import type { Asked } from './protocol.js';
import { firstLines, firstRows } from './resultHead.js';

const type = 'text/html; charset=utf-8';
/* The page says these itself; all other parameters of a request go along with the next query. */
const ownFields: ReadonlySet<string> = new Set(['query', 'format', 'bronstatus', 'taal', 'voorbeeld']);
const downloadNames: ReadonlySet<string> = new Set(['srj', 'srx', 'csv', 'tsv']);

/** The parameters of a query as a query string, without the form it is answered in. */
function asSearch(asked: Asked): string {
  const search = new URLSearchParams([['query', asked.text]]);
  for (const [name, value] of asked.parameters.entries) if (!['query', 'format', 'taal'].includes(name)) search.append(name, value);
  return search.toString();
}

/** The same query in other forms: links, or the fields of a POST when the address would grow too long. */
function downloads(deps: Deps, asked: Asked, kind: QueryAnswer['kind']): Downloads {
  const offers = kind === 'graph' ? graphOffers.filter(({ name }) => name !== 'json') : resultOffers.filter(({ name }) => downloadNames.has(name));
  const search = asSearch(asked);
  const formats = offers.map(({ suffix, label }) => ({ label, format: suffix === 'srj' ? 'json' : suffix === 'srx' ? 'xml' : suffix }));
  if (search.length + 100 > deps.config.maxUrlLength) return { formats, action: address(deps, '/sparql'), fields: [...new URLSearchParams(search)] };
  return { formats, action: address(deps, `/sparql?${search}`) };
}

/** Parameters of the request that the form does not show. */
function carried(parameters: Fields): readonly (readonly [string, string])[] {
  return parameters.entries.filter(([name]) => !ownFields.has(name));
}

async function send(deps: Deps, res: Response, view: View, page: Omit<SparqlPage, 'assets' | 'examples'>): Promise<void> {
  const assets = address(deps, await editorFolder(deps.vocabulary));
  allowOwnScripts(res);
  noStore(res);
  sendText(
    res,
    type,
    sparqlPage(view, {
      ...page,
      examples: questions(),
      assets,
    }),
  );
}

/** The page with an empty form, or with a named question in it (`?voorbeeld=`). */
export async function sendEmptyPage(deps: Deps, req: Request, res: Response): Promise<void> {
  const parameters = fields(req);
  const name = parameters.one('voorbeeld') ?? '';
  const question = findQuestion(name);
  if (name !== '' && !question) {
    throw new Fault('not-found', { nl: `De vraag "${name}" bestaat niet. Op /vragen staan ze allemaal.`, en: `There is no question "${name}". All of them are at /vragen.` });
  }
  await send(deps, res, viewOf(deps, res, question ? `?voorbeeld=${question.name}` : ''), {
    query: question ? questionText(question, deps.graph.base) : exampleQuery,
    proposals: question ? readsProposals(question) : parameters.one('bronstatus') === 'alle',
    carried: carried(parameters),
    ...(question ? { example: question.name } : {}),
  });
}

/** The page with the form, and with the answer or with what is wrong in the query. */
export async function sendAnswerPage(deps: Deps, res: Response, asked: Asked, run: () => Promise<QueryAnswer>): Promise<void> {
  const view = viewOf(deps, res, `?${asSearch(asked)}`);
  const page = { query: asked.text, proposals: asked.parameters.one('bronstatus') === 'alle', carried: carried(asked.parameters) };
  const started = performance.now();
  try {
    const answer = await run();
    const milliseconds = performance.now() - started;
    await send(deps, res, view, { ...page, answered: await answered(deps, res, asked, answer, milliseconds) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    res.removeHeader('ETag');
    res.status(error.status);
    if (error.status === 503) res.setHeader('Retry-After', String(error.data.retryAfter ?? 5));
    const { place } = error.data;
    await send(deps, res, view, { ...page, error: { message: error.data.detail[view.language], code: error.code, ...(place ? { place } : {}) } });
  }
}

async function answered(deps: Deps, res: Response, asked: Asked, answer: QueryAnswer, milliseconds: number): Promise<QueryAnswered> {
  const shown = answer.kind === 'graph' ? firstLines(answer.body) : firstRows(answer.body, shownRows);
  const iris = shown.kind === 'solutions' ? shown.rows.flatMap((row) => Object.values(row).flatMap((term) => (term.type === 'uri' ? [term.value] : []))) : [];
  return { answer: shown, names: await namesOf(deps, res, iris), milliseconds, commit: answer.commit, downloads: downloads(deps, asked, answer.kind) };
}
