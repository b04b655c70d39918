import type { Change } from '../graph/changeset.js';
import { labelPredicates } from '../rdf/labelPredicates.js';
import { fromLine } from '../rdf/nquads.js';
import { isSkolem } from '../rdf/skolem.js';
import { literalText } from './format.js';
import { groupBy } from './group.js';
import { html, type SafeHtml } from './html.js';
import type { Names } from './labels.js';
import { documentPath, type View } from './view.js';

/** One change in words: what happens to which field of which thing. */
export interface ChangeView {
  readonly op: '+' | '-';
  readonly iri: string;
  readonly subject: string;
  readonly field: string;
  readonly value: string;
}

/** The IRIs whose names a list of changes needs. */
export function changedTerms(changes: readonly Change[]): readonly string[] {
  const iris = new Set<string>();
  for (const { line } of changes) {
    const { subject, predicate, object } = fromLine(line);
    iris.add(subject.value).add(predicate.value);
    if (object.termType === 'NamedNode') iris.add(object.value);
  }
  return [...iris];
}

/** The names that the changes themselves give: what is not published yet has no other. */
function addedNames(changes: readonly Change[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const given = new Map<string, Record<string, string>>();
  for (const predicate of labelPredicates) {
    for (const { op, line } of changes) {
      if (op === '-' || !line.includes(`> <${predicate}> "`)) continue;
      const { subject, object } = fromLine(line);
      if (object.termType !== 'Literal') continue;
      const texts = given.get(subject.value) ?? {};
      texts[object.language] ??= object.value;
      given.set(subject.value, texts);
    }
  }
  return given;
}

export function changeViews(changes: readonly Change[], names: Names, base: string, part: string): readonly ChangeView[] {
  const fresh = addedNames(changes);
  const label = (iri: string): string => (isSkolem(iri, base) ? part : names.of(iri, fresh.get(iri)));
  return changes.map(({ op, line }) => {
    const { subject, predicate, object } = fromLine(line);
    const value = object.termType === 'Literal' ? literalText(object.value, object.datatype.value, names.language) : label(object.value);
    return { op, iri: subject.value, subject: label(subject.value), field: names.of(predicate.value), value };
  });
}

/** Changes grouped by thing; added and removed are told apart in words and signs, not only by colour. */
export function changeTable(view: View, changes: readonly ChangeView[]): SafeHtml {
  const { t, href, base } = view;
  if (changes.length === 0) return html`<p>${t('noChanges')}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${t('changes')}"><table class="changes">
<thead><tr><th scope="col">${t('change')}</th><th scope="col">${t('field')}</th><th scope="col">${t('value')}</th></tr></thead>
${[...groupBy(changes, ({ iri }) => iri)].map(
    ([iri, group]) => html`<tbody><tr><th scope="rowgroup" colspan="3">${isSkolem(iri, base) ? group[0]?.subject : html`<a href="${href(documentPath(base, iri))}">${group[0]?.subject}</a>`}</th></tr>
${group.map(
      ({ op, field, value }) => html`<tr class="${op === '+' ? 'added' : 'removed'}"><td><span aria-hidden="true">${op === '+' ? '+' : '−'}</span> ${op === '+' ? t('isAdded') : t('isRemoved')}</td><td>${field}</td><td>${value}</td></tr>`,
    )}</tbody>`,
  )}</table></div>`;
}
