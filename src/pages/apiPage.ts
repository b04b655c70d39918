import type { Text } from '../faults.js';
import { html, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import type { View } from './view.js';

export interface ApiOperation {
  readonly method: string;
  readonly routes: readonly string[];
  readonly summary: Text;
  readonly details?: Text;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly text: Text }[];
  readonly body?: { readonly text: Text; readonly types: Readonly<Record<string, string>> };
  readonly answers: readonly { readonly status: number; readonly text: Text; readonly types?: readonly string[] }[];
  readonly access?: 'write' | 'session';
}

export interface ApiArea {
  readonly name: string;
  readonly title: Text;
  readonly text: Text;
  readonly operations: readonly ApiOperation[];
}

const words = {
  title: { nl: 'Adressen voor programma’s', en: 'Addresses for programs' },
  lead: { nl: 'Alles wat u via HTTP kunt vragen en, met een token, kunt wijzigen.', en: 'Everything you can ask over HTTP and, with a token, change.' },
  file: { nl: 'Dezelfde beschrijving als OpenAPI 3.1', en: 'The same description as OpenAPI 3.1' },
  sparql: { nl: 'Vragen stellen in SPARQL', en: 'Ask queries in SPARQL' },
  areas: { nl: 'Op deze pagina', en: 'On this page' },
  parameters: { nl: 'Parameters', en: 'Parameters' },
  body: { nl: 'Inhoud van het verzoek', en: 'Body of the request' },
  answers: { nl: 'Antwoorden', en: 'Answers' },
  token: { nl: 'met een token', en: 'with a token' },
  session: { nl: 'na aanmelden', en: 'after signing in' },
  header: { nl: 'kop', en: 'header' },
} as const satisfies Record<string, Text>;

function parameters({ language }: View, operation: ApiOperation): SafeHtml | '' {
  if (!operation.parameters || operation.parameters.length === 0) return '';
  return html`<h4>${words.parameters[language]}</h4><dl class="facts">${operation.parameters.map(
    ({ name, in: place, text }) => html`<div><dt><code>${place === 'path' ? `{${name}}` : name}</code>${place === 'header' ? ` (${words.header[language]})` : ''}</dt><dd>${text[language]}</dd></div>`,
  )}</dl>`;
}

function body({ language }: View, operation: ApiOperation): SafeHtml | '' {
  if (!operation.body) return '';
  return html`<h4>${words.body[language]}</h4><p>${operation.body.text[language]}</p><ul class="inline">${Object.keys(operation.body.types).map((type) => html`<li><code>${type}</code></li>`)}</ul>`;
}

function answers({ language }: View, operation: ApiOperation): SafeHtml {
  return html`<h4>${words.answers[language]}</h4><dl class="facts">${operation.answers.map(
    ({ status, text, types }) => html`<div><dt><strong>${status}</strong></dt><dd>${text[language]}${types && status < 300 ? html`<br><span class="muted">${types.join(', ')}</span>` : ''}</dd></div>`,
  )}</dl>`;
}

function operationCard(view: View, operation: ApiOperation): SafeHtml {
  const { language } = view;
  const { method, routes, summary, details, access } = operation;
  const badge = access === 'write' ? words.token : access === 'session' ? words.session : undefined;
  return html`<details class="operation"><summary><span class="tag">${method.toUpperCase()}</span> <code>${(routes[0] ?? '').replace(/[:*](\w+)/g, '{$1}')}</code> ${summary[language]}${badge ? html` <span class="badge">${badge[language]}</span>` : ''}</summary>
<div class="part">${details ? html`<p>${details[language]}</p>` : ''}${routes.length > 1 ? html`<ul class="inline">${routes.map((route) => html`<li><code>${route.replace(/[:*](\w+)/g, '{$1}')}</code></li>`)}</ul>` : ''}
${parameters(view, operation)}${body(view, operation)}${answers(view, operation)}</div></details>`;
}

/** The description of the interface, for people. */
export function apiPage(view: View, areas: readonly ApiArea[]): string {
  const { language, href } = view;
  return layout(view, {
    title: words.title[language],
    lead: words.lead[language],
    alternates: [{ href: href('/openapi.json'), type: 'application/json' }],
    body: html`<ul class="inline"><li><a href="${href('/openapi.json')}">${words.file[language]}</a></li><li><a href="${href('/sparql')}">${words.sparql[language]}</a></li></ul>
<nav aria-label="${words.areas[language]}"><ul class="inline">${areas.map(({ name, title }) => html`<li><a href="#${name}">${title[language]}</a></li>`)}</ul></nav>
${areas.map(
  (area) => html`<section id="${area.name}"><h2>${area.title[language]}</h2><p>${area.text[language]}</p>
${area.operations.map((operation) => operationCard(view, operation))}</section>`,
)}`,
  });
}
