import type { Place } from '../faults.js';
import { groupBy } from './group.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import type { Names } from './labels.js';
import { layout } from './layout.js';
import type { ShownQuestion } from './questionPage.js';
import { queryWord, type QueryWord } from './queryWords.js';
import { answerSection } from './sparqlAnswer.js';
import type { View } from './view.js';

/** SPARQL 1.1 Query Results JSON Format, as far as the table needs it. */
export interface JsonTerm {
  readonly type: string;
  readonly value: string;
  readonly 'xml:lang'?: string;
  readonly datatype?: string;
}

export type Answer =
  /** `total` is missing when there are more rows than were counted. */
  | { readonly kind: 'solutions'; readonly variables: readonly string[]; readonly rows: readonly Readonly<Record<string, JsonTerm>>[]; readonly total?: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'graph'; readonly text: string; readonly whole: boolean };

/** The answer in other forms: links, or with `fields` a form to post when the query is too long for an address. */
export interface Downloads {
  readonly formats: readonly { readonly label: string; readonly format: string }[];
  readonly action: string;
  readonly fields?: readonly (readonly [name: string, value: string])[];
}

export interface QueryAnswered {
  readonly answer: Answer;
  readonly names: Names;
  readonly milliseconds: number;
  readonly commit: number;
  readonly downloads: Downloads;
}

export interface QueryError {
  readonly message: string;
  readonly code: string;
  readonly place?: Place;
}

export interface SparqlPage {
  readonly query: string;
  /** Proposals join the default graph. */
  readonly proposals: boolean;
  /** Parameters of the protocol that the form does not show, kept for the next query. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly examples: readonly ShownQuestion[];
  /** Name of the example that is filled in. */
  readonly example?: string;
  readonly answered?: QueryAnswered;
  readonly error?: QueryError;
  /** Folder of what makes the form an editor. */
  readonly assets: string;
}

export const exampleQuery = `SELECT ?type (COUNT(DISTINCT ?ding) AS ?aantal)
WHERE { ?ding a ?type }
GROUP BY ?type
ORDER BY DESC(?aantal)`;

function examples({ language, href }: View, page: SparqlPage): SafeHtml {
  const groups = [...groupBy(page.examples, ({ group }) => group)];
  return html`<form class="line examples" method="get" action="${href('/sparql')}"><label for="voorbeeld">${queryWord('examples', language)}</label>
<select id="voorbeeld" name="voorbeeld" required><option value="">${queryWord('chooseExample', language)}</option>${groups.map(
    ([group, list]) => html`<optgroup label="${group[language]}">${list.map(({ name, title }) => html`<option value="${name}"${name === page.example ? html` selected` : ''}>${title[language]}</option>`)}</optgroup>`,
  )}</select><button class="quiet">${queryWord('useExample', language)}</button></form>`;
}

/* Places in a text that the script fills in. */
const marks = { line: '[line]', column: '[column]', expected: '[expected]', prefix: '[prefix]' } as const;

/** Texts and addresses the script needs, so that it holds none itself. */
function settings({ language }: View, page: SparqlPage): SafeHtml {
  const words: readonly QueryWord[] = ['query', 'busy', 'stopped', 'failed', 'copied', 'here', 'prefix', 'expected'];
  return html` data-terms="${page.assets}/termen.json"${words.map((word) => html` data-${word}="${queryWord(word, language, marks)}"`)}`;
}

function form(view: View, page: SparqlPage): SafeHtml {
  const { language, href } = view;
  const say = (word: QueryWord): string => queryWord(word, language);
  const { carried } = page;
  return html`<form id="vraag" class="query" method="get" action="${href('/sparql')}"${settings(view, page)}>
<label for="query">${say('query')}</label>
<textarea id="query" name="query" rows="${Math.min(20, Math.max(8, page.query.split('\n').length + 1))}" spellcheck="false" autocapitalize="off" autocomplete="off"${page.error ? html` aria-invalid="true" aria-describedby="fout"` : ''} required>${page.query}</textarea>
<p id="wenk" class="hint" hidden></p>
<p id="toetsen" class="muted" hidden>${say('keys')}</p>
<p class="choice"><input type="checkbox" id="bronstatus" name="bronstatus" value="alle"${page.proposals ? html` checked` : ''}><label for="bronstatus">${say('proposals')}</label></p>
${carried.length === 0 ? '' : html`<div class="muted">${say('carried')} <ul class="inline">${carried.map(([name, value]) => html`<li><code>${name}=${value}</code><input type="hidden" name="${name}" value="${value}"></li>`)}</ul></div>`}
<p class="buttons"><button>${say('run')}</button><button type="button" class="quiet" id="stop" hidden>${say('stop')}</button><button type="button" class="quiet" id="kopieer" hidden>${say('copy')}</button></p>
<p id="stand" role="status"></p>
</form>`;
}

/** The line of the query the error stands on, with the place marked. */
function excerpt(query: string, { line, column }: Place): Renderable {
  const text = line === undefined ? undefined : query.split(/\r\n|\r|\n/)[line - 1];
  if (text === undefined || column === undefined) return '';
  const from = Math.max(0, column - 41);
  const word = /^(?:\w+|\s+|.)?/su.exec(text.slice(column - 1))?.[0] ?? '';
  return html`<pre><code>${from > 0 ? '…' : ''}${text.slice(from, column - 1)}<mark>${word === '' ? '⏎' : word}</mark>${text.slice(column - 1 + word.length, column + 60)}</code></pre>`;
}

function problem({ language, t, href }: View, query: string, { message, code, place }: QueryError): SafeHtml {
  const at = place?.line === undefined ? undefined : { line: String(place.line), column: String(place.column ?? 1) };
  return html`<div id="fout" class="verdict bad" role="alert"${at ? html` data-line="${at.line}" data-column="${at.column}"` : ''}><p><strong>${message}</strong></p>
${at ? html`<p>${queryWord('place', language, at)}</p>` : ''}${place ? excerpt(query, place) : ''}
${place?.expected === undefined ? '' : html`<p>${queryWord('expected', language, { expected: place.expected })}</p>`}
<p><a href="${href(`/problemen/${code}`)}">${t('problemMore')}</a></p></div>`;
}

function programs({ language, base, href }: View): SafeHtml {
  return html`<section class="programs"><h2>${queryWord('more', language)}</h2>
<p>${queryWord('programsHelp', language, { endpoint: `${base}sparql` })}</p>
<ul class="plain"><li><a href="${href('/vragen')}">${queryWord('named', language)}</a></li><li><a href="${href('/api')}">${queryWord('api', language)}</a></li></ul></section>`;
}

/** The form where a person asks a query and reads the answer: plain HTML that a script makes an editor. */
export function sparqlPage(view: View, page: SparqlPage): string {
  const { language } = view;
  const { assets, answered, error } = page;
  return layout(view, {
    title: queryWord('title', language),
    lead: queryWord('lead', language),
    head: html`<link rel="stylesheet" href="${assets}/yasqe.css">
<script src="${assets}/yasqe.js" defer></script>
<script type="module" src="${assets}/queryEditor.js"></script>
`,
    body: html`${examples(view, page)}
${form(view, page)}
<div id="antwoord">${error ? problem(view, page.query, error) : answered ? answerSection(view, answered) : ''}</div>
${programs(view)}`,
  });
}
