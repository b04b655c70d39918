import type { Text } from '../faults.js';
import { collectionWord } from './collectionWords.js';
import { literalText } from './format.js';
import { groupBy } from './group.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import type { Names } from './labels.js';
import { layout } from './layout.js';
import type { JsonTerm } from './sparqlPage.js';
import { documentPath, isWebAddress, type View } from './view.js';

export interface ShownQuestion {
  readonly name: string;
  readonly title: Text;
  readonly scope: 'documenten' | 'documenten en voorstellen';
  readonly group: Text;
}

function scopeBadge({ language }: View, { scope }: Pick<ShownQuestion, 'scope'>): SafeHtml {
  return html`<span class="badge ${scope === 'documenten' ? 'aangenomen' : 'voorgesteld'}">${collectionWord(`scope-${scope}`, language)}</span>`;
}

/** The questions that are ready, by group. */
export function questionsPage(view: View, questions: readonly ShownQuestion[], alternate: string): string {
  const { language, href } = view;
  return layout(view, {
    title: collectionWord('questions', language),
    lead: collectionWord('questionsLead', language),
    alternates: [{ href: alternate, type: 'application/ld+json' }],
    body: html`${[...groupBy(questions, ({ group }) => group)].map(
      ([group, list]) => html`<section><h2>${group[language]}</h2><ul class="plain">${list.map(
        (question) => html`<li><a href="${href(`/vragen/${question.name}`)}">${question.title[language]}</a>${question.scope === 'documenten' ? '' : html` ${scopeBadge(view, question)}`}</li>`,
      )}</ul></section>`,
    )}`,
  });
}

export interface QuestionPage {
  readonly question: ShownQuestion;
  readonly variables: readonly string[];
  readonly rows: readonly Readonly<Record<string, JsonTerm>>[];
  readonly names: Names;
  readonly commit: number;
  /** The text as it was asked. */
  readonly query: string;
  /** The page to ask it anew, with the text filled in. */
  readonly change: string;
  readonly downloads: readonly { readonly href: string; readonly label: string; readonly type: string }[];
}

function cell(view: View, names: Names, term: JsonTerm | undefined): Renderable {
  if (!term) return html`<span class="muted">${view.t('notInSources')}</span>`;
  if (term.type === 'uri') return isWebAddress(term.value) ? html`<a href="${view.href(documentPath(view.base, term.value))}">${names.of(term.value)}</a>` : term.value;
  const language = term['xml:lang'];
  const text = literalText(term.value, term.datatype ?? '', view.language);
  return language === undefined || language === view.language ? text : html`<span lang="${language}">${text}</span>`;
}

function heading(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Row = QuestionPage['rows'][number];

const sourceColumns: ReadonlySet<string> = new Set(['bron', 'plaats']);

/** Where a row stands in the sources. */
function source(view: View, names: Names, row: Row): Renderable {
  const { bron, plaats } = row;
  return html`<div>${cell(view, names, bron)}${plaats ? html`<br><span class="muted">${cell(view, names, plaats)}</span>` : ''}</div>`;
}

/** The answer: what several sources say is one row, with all of them beside it. */
function answer(view: View, page: QuestionPage): SafeHtml {
  const { variables, rows, names } = page;
  const say = (key: 'noAnswer' | 'noAnswerHelp' | 'source'): string => collectionWord(key, view.language);
  if (rows.length === 0) {
    return html`<div class="verdict"><p><strong>${say('noAnswer')}</strong></p><p>${say('noAnswerHelp')}</p><p><a href="${view.href('/datasets')}">${view.t('navDatasets')}</a></p></div>`;
  }
  const shown = variables.filter((name) => !sourceColumns.has(name));
  const groups = [...groupBy(rows, (row) => JSON.stringify(shown.map((name) => row[name] ?? null))).values()];
  const sourced = shown.length < variables.length;
  return html`<p>${view.t('rows', { n: String(groups.length) })}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${view.t('result')}"><table class="stack"><thead><tr>${shown.map((name) => html`<th scope="col">${heading(name)}</th>`)}${sourced ? html`<th scope="col">${say('source')}</th>` : ''}</tr></thead>
<tbody>${groups.map((group) => html`<tr>${shown.map((name) => html`<td data-label="${heading(name)}">${cell(view, names, group[0]?.[name])}</td>`)}${sourced ? html`<td data-label="${say('source')}">${group.map((row) => source(view, names, row))}</td>` : ''}</tr>`)}</tbody></table></div>`;
}

/** One question with its answer of now. */
export function questionPage(view: View, page: QuestionPage): string {
  const { language, t } = view;
  const { question, downloads } = page;
  return layout(view, {
    title: question.title[language],
    trail: [{ label: collectionWord('questions', language), path: '/vragen' }],
    alternates: downloads,
    body: html`<p>${collectionWord('scope', language)}: ${scopeBadge(view, question)}</p>
<section><h2>${t('result')}</h2>${answer(view, page)}
<p>${t('download')}:</p><ul class="inline">${downloads.map(({ href, label }) => html`<li><a href="${href}">${label}</a></li>`)}</ul>
<p class="muted">${t('asOfCommit', { n: String(page.commit) })}</p></section>
<section><h2>${collectionWord('query', language)}</h2><pre tabindex="0"><code>${page.query}</code></pre>
<p><a href="${page.change}">${collectionWord('change', language)}</a></p></section>
<p><a href="${view.href('/vragen')}">${collectionWord('otherQuestions', language)}</a></p>`,
  });
}
