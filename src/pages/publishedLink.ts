import { followable, nextPageLink, publicationLink } from '../publication/rdfa/publicationLink.js';
import { attributes, html, type Renderable, type SafeHtml } from './html.js';
import type { View } from './view.js';

/** A link to a page about a thing, or to a list of them, that harvesters follow. */
export function publishedLink(view: View, path: string, label: Renderable): SafeHtml {
  return html`<a href="${followable(view.home ? view.address(path) : view.href(path))}"${attributes(publicationLink(view.address(path)))}>${label}</a>`;
}

/** A link to the next page of a list, that harvesters follow. */
export function publishedNext(view: View, path: string, label: Renderable): SafeHtml {
  return html`<a href="${view.home ? view.address(path) : view.href(path)}" rel="next"${attributes(nextPageLink(view.address(path)))}>${label}</a>`;
}
