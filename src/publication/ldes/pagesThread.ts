import { gzipSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../graph/threads/rpc.js';
import { pathOf, readPath } from './address.js';
import { cacheControl, streamIri } from './hypermedia.js';
import { StreamLint } from './lint.js';
import type { LintedPage } from './lintRules.js';
import type { PagesCalls, PagesSettings } from './pagesProtocol.js';
import { composePage, pageState } from './streamPages.js';
import { openStreamStore, type StreamStore } from './streamStore.js';
import { feedLines } from '../catalogue/feed.js';
import { aboutStream } from './titles.js';
import type { StreamAbout } from './hypermedia.js';
import { catalogueStream } from './streamStore.js';
import type { PageAddress } from './address.js';
import { memberOf } from './members.js';
import { link, terms } from './terms.js';
import { writePage } from './writePage.js';

/** The thread that composes, writes and compresses pages. */
const settings: PagesSettings | undefined = workerData;
/** Pages that are read for a conformance report: it must not keep readers waiting. */
const checkedPages = 10;

let store: StreamStore | undefined;

function opened({ path, base }: PagesSettings): StreamStore | undefined {
  store ??= openStreamStore(path, base);
  return store;
}

/** How a page is described; members of the feed of the catalogue are completed. */
function aboutPage(pages: StreamStore, { stream, flavour }: PageAddress, origin: string, known: PagesSettings): StreamAbout {
  const about = { ...aboutStream(pages, stream, known), base: known.base, origin };
  if (stream !== catalogueStream || flavour !== 'activiteiten') return about;
  return { ...about, present: (version) => (version.kind === 'delete' ? version : { ...version, lines: feedLines(version, known) }) };
}

if (parentPort && settings) {
  const { base } = settings;

  function checked(url: string): LintedPage {
    const pages = settings && opened(settings);
    const address = readPath(url.slice(`${base}ldes/`.length));
    const answer = pages && address && pageState(pages, address, Date.now());
    if (answer?.answer !== 'page' || !pages || !settings) return { url, body: '', cacheControl: '', vary: '', etag: '' };
    const page = composePage(pages, answer.page, aboutPage(pages, answer.page.address, base, settings), Date.now());
    const { state, complete } = answer.page;
    return { url, body: writePage(page, 'nquads', streamIri(base, answer.page.address)), cacheControl: cacheControl(complete), vary: 'Accept', etag: String(state) };
  }

  serve<PagesCalls>(parentPort, {
    async check({ stream, flavour }) {
      const root = base + pathOf({ stream, flavour, view: 'alles', page: { kind: 'root' } });
      return StreamLint.run(root, (url) => Promise.resolve(checked(url)), checkedPages);
    },
    page({ address, format, origin, now }) {
      const pages = opened(settings);
      // One transaction: the state and the content are of one moment.
      return pages?.steady(() => {
        const answer = pageState(pages, address, now);
        if (answer.answer !== 'page') return undefined;
        const page = composePage(pages, answer.page, aboutPage(pages, address, origin, settings), now);
        const text = writePage(page, format, streamIri(base, address));
        return { page: answer.page, gzip: gzipSync(text, { level: 6 }), bytes: Buffer.byteLength(text) };
      });
    },
    member({ commit, id, format, origin }) {
      const pages = opened(settings);
      return pages?.steady(() => {
        const found = memberOf(pages.ofCommit(commit), `${base}ldes/lid/${commit}/${id}`, base);
        if (!found) return undefined;
        const { version, member } = found;
        const stream = { stream: version.here?.collection ?? pages.streamOf(version.scope), flavour: 'versies' } as const;
        const iri = streamIri(base, stream);
        const view = origin + pathOf({ ...stream, view: 'alles', page: { kind: 'root' } });
        const hypermedia = [link(iri, terms.rdf('type'), terms.ldes('EventStream')), link(iri, terms.tree('view'), view)];
        return { text: writePage({ stream: stream.stream, hypermedia, members: [member] }, format, iri), sequence: version.sequence };
      });
    },
  });
}
