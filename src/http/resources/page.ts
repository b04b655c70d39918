import type { Response } from 'express';
import type { EntityAnswer } from '../../graph/api.js';
import { entityPage } from '../../pages/entityPage.js';
import { kinds, mentioned, sections } from '../../pages/entityView.js';
import { visibility } from '../context.js';
import { namesOf, viewOf, type Deps } from '../deps.js';
import type { Offer } from '../formats.js';
import { sendText } from '../send.js';

const shownReferences = 100;
const shownCommits = 20;

/** Gathers what the page of an entity shows and sends it. */
export async function sendEntityPage(deps: Deps, res: Response, answer: EntityAnswer, others: readonly { readonly offer: Offer; readonly href: string }[]): Promise<void> {
  const { graph } = deps;
  const who = visibility(res);
  const [datasets, { references, more }, history] = await Promise.all([
    graph.datasets(who),
    graph.references(answer.iri, shownReferences, who),
    graph.commits({ entity: answer.iri, limit: shownCommits }, who),
  ]);
  const names = await namesOf(deps, res, [...mentioned(answer), ...references.flatMap(({ subject, predicate }) => [subject, predicate])]);
  const view = viewOf(deps, res, answer.iri.startsWith(`${graph.base}id/`) ? '' : `?iri=${encodeURIComponent(answer.iri)}`);
  sendText(
    res,
    'text/html; charset=utf-8',
    entityPage(view, {
      iri: answer.iri,
      kinds: kinds(answer),
      sections: sections(answer, datasets, names, graph.base),
      references,
      moreReferences: more,
      history,
      alternates: others.map(({ offer, href }) => ({ href, type: offer.mediaType, label: offer.label })),
      names,
    }),
  );
}
