import type { Response } from 'express';
import type { DatasetInfo, EntityAnswer } from '../../graph/api.js';
import { collectionWord } from '../../pages/collectionWords.js';
import { messageTerms } from '../../pages/commitPages.js';
import { entityPage } from '../../pages/entityPage.js';
import { kinds, mentioned, sections } from '../../pages/entityView.js';
import { rdfaTerms } from '../../publication/rdfa/mentioned.js';
import { rdf } from '../../rdf/prefixes.js';
import type { Language } from '../../pages/words.js';
import { collections } from '../collections/table.js';
import { visibility } from '../context.js';
import { namesOf, viewOf, type Deps } from '../deps.js';
import type { Offer } from '../formats.js';
import { statedParts } from './document.js';
import { statementSources } from './statementSources.js';

/* Notes about single statements (which source said it) are no things people follow from here. */
const aboutStatements: ReadonlySet<string> = new Set([rdf('subject'), rdf('predicate'), rdf('object')]);
const shownReferences = 100;
const shownCommits = 20;

/** The list an entity stands in, for the breadcrumb. */
function trailOf(classes: readonly string[], language: Language): readonly { readonly label: string; readonly path: string }[] {
  const found = collections.find((one) => one.classes.some((kind) => classes.includes(kind)) && !one.except?.some((kind) => classes.includes(kind)));
  return [found ? { label: found.title[language], path: `/${found.name}` } : { label: collectionWord('overview', language), path: '/overzicht' }];
}

/** Gathers what the page of an entity shows. */
export async function entityHtml(
  deps: Deps,
  res: Response,
  answer: EntityAnswer,
  datasets: readonly DatasetInfo[],
  options: { readonly withProposals: boolean; readonly others: readonly { readonly offer: Offer; readonly href: string }[] },
): Promise<string> {
  const { graph } = deps;
  const who = visibility(res);
  const [{ references: all, more }, history, sources] = await Promise.all([
    // What referred to it then is not in its own history; looking for it would take the whole old state.
    deps.past ? { references: [], more: false } : graph.references(answer.iri, shownReferences, who),
    graph.commits({ entity: answer.iri, limit: shownCommits }, who),
    deps.past ? new Map<string, readonly string[]>() : statementSources({ graph, who, withProposals: false, brief: true }, answer),
  ]);
  const references = all.filter(({ predicate }) => !aboutStatements.has(predicate));
  const names = await namesOf(deps, res, [...mentioned(answer), ...[...sources.values()].flat(), ...references.flatMap(({ subject, predicate }) => [subject, predicate]), ...messageTerms(history)]);
  const view = viewOf(deps, res, answer.iri.startsWith(`${graph.base}id/`) ? '' : `?iri=${encodeURIComponent(answer.iri)}`);
  const stated = statedParts(answer, datasets, options.withProposals);
  const classes = kinds(answer);
  return entityPage(view, {
    iri: answer.iri,
    kinds: classes,
    trail: trailOf(classes, view.language),
    sections: sections(answer, datasets, names, graph.base),
    stated: new Set(stated.map(({ dataset }) => dataset)),
    terms: rdfaTerms(stated.flatMap(({ lines }) => lines)),
    sources,
    references,
    moreReferences: more,
    history,
    alternates: options.others.map(({ offer, href }) => ({ href, type: offer.mediaType, label: offer.label })),
    names,
  });
}
