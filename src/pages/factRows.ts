import type { Literal } from '@rdfjs/types';
import type { Attributes, RdfaTerms } from '../publication/rdfa/terms.js';
import { rdf } from '../rdf/prefixes.js';
import type { RowView, ValueView } from './entityView.js';
import { attributes, html, type Renderable, type SafeHtml } from './html.js';
import { documentPath, isWebAddress, type View } from './view.js';

/** One thing with its rows, as a list for people that states the same as RDFa. */
export interface Facts {
  readonly iri: string;
  readonly types: readonly string[];
  readonly rows: readonly RowView[];
}

/** Says more about one value: where it comes from. */
export type Remark = (predicate: string, value: ValueView) => Renderable;

interface Scope {
  readonly view: View;
  readonly subject: string;
  readonly predicate: string;
  /** What the field is called that the rows stand under. */
  readonly label?: string;
  /** undefined: shown only, not stated. */
  readonly terms: RdfaTerms | undefined;
  readonly remark?: Remark;
}

export function thingLink(view: View, iri: string, label: string, marks: Attributes = {}): SafeHtml {
  return html`<a href="${view.href(documentPath(view.base, iri))}"${attributes(marks)}>${label}</a>`;
}

function thing({ view, predicate, terms }: Scope, { iri, label, here }: ValueView & { kind: 'thing' }): SafeHtml {
  /* Classes are stated by `typeof`. */
  const marks = terms === undefined || predicate === rdf('type') ? {} : terms.link(predicate, iri);
  if (here) return thingLink(view, iri, label, marks);
  return isWebAddress(iri) ? html`<a href="${iri}" rel="external"${attributes(marks)}>${label}</a>` : html`<span${attributes(marks)}>${label}</span>`;
}

/** A literal that the element inside cannot state itself: a copy of a pattern. */
function echo(terms: RdfaTerms, predicate: string, literal: Literal): SafeHtml {
  const { copy, pattern } = terms.pattern();
  return html`<link${attributes(copy)}><span hidden${attributes(pattern)}><meta${attributes(terms.literal(predicate, literal))}></span>`;
}

function text({ view, subject, predicate, terms }: Scope, { text: shown, literal }: ValueView & { kind: 'text' }): SafeHtml {
  const again = terms?.isEcho(subject, predicate, literal) ?? false;
  const isAddress = isWebAddress(shown) && !/\s/.test(shown);
  const foreign = literal.language !== '' && literal.language.split('-')[0] !== view.language;
  const marks = terms && !again ? terms.literal(predicate, literal, isAddress ? undefined : shown) : foreign ? { lang: literal.language } : {};
  const inside = isAddress ? html`<a href="${shown}" rel="external">${shown}</a>` : shown;
  return html`${Object.keys(marks).length === 0 ? inside : html`<span${attributes(marks)}>${inside}</span>`}${
    foreign ? html` <span class="tag">${literal.language}</span>` : ''
  }${terms && again ? echo(terms, predicate, literal) : ''}`;
}

/** Statements nobody needs to read, because a text beside them says it all. */
function unseen(scope: Scope, { iri, rows }: Omit<Facts, 'types'>, marks: Attributes): SafeHtml {
  const { terms } = scope;
  if (!terms) return html``;
  return html`<span hidden${attributes(marks)}>${rows.flatMap((row) =>
    row.predicate === rdf('type')
      ? []
      : row.values.map((item) => {
          if (item.kind === 'text') return terms.isEcho(iri, row.predicate, item.literal) ? echo(terms, row.predicate, item.literal) : html`<meta${attributes({ ...terms.literal(row.predicate, item.literal) })}>`;
          return item.kind === 'thing' ? html`<link${attributes({ ...terms.link(row.predicate, item.iri), href: item.iri })}>` : '';
        }),
  )}</span>`;
}

function part(scope: Scope, item: ValueView & { kind: 'part' }): SafeHtml {
  const { view, predicate, terms } = scope;
  const marks = terms ? terms.part(predicate, item.iri, item.types) : {};
  if (item.text !== undefined) return html`${item.text}${unseen(scope, item, marks)}`;
  if (item.again) return html`<span class="muted"${attributes(marks)}>${view.t('seeAbove')}</span>`;
  return rows({ ...scope, subject: item.iri }, item.rows, 'part', marks);
}

function value(scope: Scope, item: ValueView): SafeHtml {
  return item.kind === 'thing' ? thing(scope, item) : item.kind === 'text' ? text(scope, item) : part(scope, item);
}

function rows(scope: Scope, list: readonly RowView[], kind: string, marks: Attributes): SafeHtml {
  // "Periode: soort periode" says nothing.
  const told = ({ predicate, values }: RowView): boolean => kind !== 'part' || predicate !== rdf('type') || values.some((item) => item.kind !== 'thing' || item.label !== scope.label);
  return html`<dl class="${kind}"${attributes(marks)}>${list.filter(told).map(
    (row) =>
      html`<div><dt>${row.label}</dt>${row.values.map((item) => html`<dd>${value({ ...scope, predicate: row.predicate, label: row.label }, item)}${kind === 'facts' ? scope.remark?.(row.predicate, item) : ''}</dd>`)}</div>`,
  )}</dl>`;
}

/** The rows about a thing. With `terms` they state what they show. */
export function factList(view: View, facts: Facts, terms: RdfaTerms | undefined, remark?: Remark): SafeHtml {
  const scope = { view, subject: facts.iri, predicate: '', terms, ...(remark ? { remark } : {}) };
  return rows(scope, facts.rows, 'facts', terms ? terms.subject(facts.iri, facts.types) : {});
}
