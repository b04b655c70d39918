import { gzipSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../graph/threads/rpc.js';
import { streamIri } from './hypermedia.js';
import type { PagesCalls, PagesSettings } from './pagesProtocol.js';
import { composePage, pageState } from './streamPages.js';
import { openStreamStore, type StreamStore } from './streamStore.js';
import { aboutStream } from './titles.js';
import { writePage } from './writePage.js';

/** The thread that composes, writes and compresses pages. */
const settings: PagesSettings | undefined = workerData;
let store: StreamStore | undefined;

function opened({ path, base }: PagesSettings): StreamStore | undefined {
  store ??= openStreamStore(path, base);
  return store;
}

if (parentPort && settings) {
  const { base } = settings;
  serve<PagesCalls>(parentPort, {
    page({ address, format, origin, now }) {
      const pages = opened(settings);
      // One transaction: the state and the content are of one moment.
      return pages?.steady(() => {
        const answer = pageState(pages, address, now);
        if (answer.answer !== 'page') return undefined;
        const page = composePage(pages, answer.page, { ...aboutStream(pages, address.stream, settings), base, origin }, now);
        const text = writePage(page, format, streamIri(base, address));
        return { page: answer.page, gzip: gzipSync(text, { level: 6 }), bytes: Buffer.byteLength(text) };
      });
    },
  });
}
