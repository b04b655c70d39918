import { moment } from './format.js';
import { html, join, type Renderable, type SafeHtml } from './html.js';
import type { View } from './view.js';

export interface Page {
  readonly title: string;
  /** Pages above this one; the start page is added in front. */
  readonly trail?: readonly { readonly label: string; readonly path: string }[];
  readonly body: Renderable;
  /** Text under the title. */
  readonly lead?: Renderable;
  /** The page says what its address is (`<base>`), for who keeps a copy of it. */
  readonly addressed?: boolean;
  /** `<link rel="alternate">` in the head. */
  readonly alternates?: readonly { readonly href: string; readonly type: string }[];
  /** Further elements of the head: style sheets and scripts of our own. */
  readonly head?: Renderable;
  /** Path of the item of the menu this page belongs to, where its own path does not say so. */
  readonly section?: string;
  /** The start page has no breadcrumb. */
  readonly home?: boolean;
}

const navigation = [
  ['/actoren', 'navCollections'],
  ['/vragen', 'navQuestions'],
  ['/datasets', 'navDatasets'],
  ['/sparql', 'navQuery'],
  ['/commits', 'navCommits'],
  ['/laden', 'navLoad'],
] as const;

function menu(view: View, section = view.path): SafeHtml {
  return html`<nav class="menu" aria-label="${view.t('mainNavigation')}"><ul>${navigation.map(
    ([path, key]) =>
      html`<li><a href="${view.href(path)}"${section === path || section.startsWith(`${path}/`) ? html` aria-current="${view.path === path ? 'page' : 'true'}"` : ''}>${view.t(key)}</a></li>`,
  )}</ul></nav>`;
}

function breadcrumb(view: View, page: Page): SafeHtml | undefined {
  if (page.home) return undefined;
  const above = [{ label: view.t('start'), path: '/' }, ...(page.trail ?? [])];
  return html`<nav class="trail" aria-label="${view.t('breadcrumb')}"><ol>${above.map(
    ({ label, path }) => html`<li><a href="${view.href(path)}">${label}</a></li>`,
  )}<li aria-current="page">${page.title}</li></ol></nav>`;
}

/** Nobody may take an old version for what holds today. */
function oldVersion({ t, language }: View, { number, time, today }: NonNullable<View['past']>): SafeHtml {
  return html`<p class="old-version" role="note"><strong>${t('oldVersion')}</strong> ${t('oldVersionOf', { n: String(number), when: moment(time, language) })} <a href="${today}" rel="latest-version">${t('toToday')}</a></p>`;
}

function languageSwitch({ language, inLanguage, t }: View): SafeHtml {
  const other = language === 'nl' ? 'en' : 'nl';
  return html`<a class="language" lang="${other}" hreflang="${other}" href="${inLanguage(other)}">${t('otherLanguage')}</a>`;
}

function footer(view: View): SafeHtml {
  const { t, href } = view;
  const links = [
    ['/over', 'about'],
    ['/gebruiksvoorwaarden', 'terms'],
    ['/privacy', 'privacy'],
    ['/toegankelijkheidsverklaring', 'accessibility'],
    ['/dumps', 'footDumps'],
    ['/sync', 'footSync'],
    ['/ldes', 'footStreams'],
    ['/api', 'footPrograms'],
    ['/ns', 'vocabulary'],
    ['/status', 'status'],
  ] as const;
  return html`<footer class="foot"><div class="inner">
<p>${view.owner === undefined ? t('noOwner') : t('ownedBy', { owner: view.owner })} ${view.contact === undefined ? '' : [t('questions'), ' ', contact(view.contact)]}</p>
<ul>${links.map(([path, key]) => html`<li><a href="${href(path)}">${t(key)}</a></li>`)}</ul>
</div></footer>`;
}

/** A contact as a link when it is an address of a page or a mailbox. */
export function contact(text: string): Renderable {
  if (/^https?:\/\//.test(text)) return html`<a href="${text}">${text}</a>`;
  return /^[^\s@]+@[^\s@]+$/.test(text) ? html`<a href="${`mailto:${text}`}">${text}</a>` : text;
}

/** A whole HTML document. */
export function layout(view: View, page: Page): string {
  const { t } = view;
  const name = t('siteName');
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
${page.addressed && view.home ? html`<base href="${new URL(view.inLanguage(view.language), view.base).href}">\n` : ''}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.home ? join([name, t('tagline')], ' – ') : join([page.title, name], ' – ')}</title>
<link rel="stylesheet" href="${view.style}">
<link rel="icon" href="${view.icon}" type="image/svg+xml">
${(page.alternates ?? []).map(({ href, type }) => html`<link rel="alternate" type="${type}" href="${href}">\n`)}${page.head}</head>
<body>
<a class="skip" href="#inhoud">${t('skip')}</a>
<header class="top"><div class="inner">
<a class="brand" href="${view.href('/')}"><span class="mark" aria-hidden="true"></span>${name}</a>
${menu(view, page.section)}
${languageSwitch(view)}
</div></header>
<div class="inner">
${breadcrumb(view, page)}
<main id="inhoud" tabindex="-1">
<h1>${page.title}</h1>
${page.lead === undefined ? '' : html`<p class="lead">${page.lead}</p>`}
${view.past ? oldVersion(view, view.past) : ''}${page.body}
</main>
</div>
${footer(view)}
</body>
</html>
`.toString();
}
