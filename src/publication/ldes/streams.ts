import { LRUCache } from 'lru-cache';
import { Fault } from '../../faults.js';
import { ThreadOnDemand } from '../../graph/threads/threadOnDemand.js';
import { lean } from '../../graph/threads/lean.js';
import type { Publisher } from '../versions/publisher.js';
import type { CataloguedStream } from '../catalogue/model.js';
import type { Flavour, PageAddress } from './address.js';
import type { LintReport } from './lintRules.js';
import { streamIri } from './hypermedia.js';
import { pathOf } from './address.js';
import type { PagesCalls, PagesSettings, WrittenPage } from './pagesProtocol.js';
import { pageOfMoment, pageState, type PageAnswer, type PageState } from './streamPages.js';
import { openStreamStore, type StreamStore } from './streamStore.js';
import { aboutStream } from './titles.js';
import type { PageFormat } from './writePage.js';

/** Bytes of written pages kept. */
const cacheBytes = 64 * 1024 * 1024;
/** Pages that may wait to be written. */
const maxWaiting = 256;
/** Milliseconds a request waits for what must not be shown to be out. */
const patience = 5_000;

/** A stream, for lists. */
export interface StreamEntry {
  readonly name: string;
  readonly title: Readonly<Record<'nl' | 'en', string>>;
  readonly pages: number;
}

/** The streams, on the main thread: what a page is at this moment, and its bytes, made in a thread of their own. */
export class Streams {
  readonly settings: PagesSettings;
  readonly #publisher: Publisher;
  readonly #cache = new LRUCache<string, WrittenPage>({ maxSize: cacheBytes, sizeCalculation: ({ gzip }, key) => gzip.length + key.length + 500 });
  readonly #making = new Map<string, Promise<WrittenPage | undefined>>();
  #store: StreamStore | undefined;
  readonly #thread: ThreadOnDemand<PagesCalls>;

  constructor(publisher: Publisher, settings: Omit<PagesSettings, 'path'>) {
    this.#publisher = publisher;
    this.settings = { ...settings, path: publisher.path };
    this.#thread = new ThreadOnDemand(new URL('./pagesThread.js', import.meta.url), { workerData: this.settings, resourceLimits: lean });
    let generation: string | undefined;
    publisher.listen((state) => {
      if (generation !== undefined && generation !== state.generation) this.#cache.clear();
      generation = state.generation;
    });
  }

  /** Waits until what is no longer for everybody is out. Fault busy when that takes long. */
  async ready(): Promise<StreamStore> {
    this.#publisher.start();
    if (this.#publisher.held && !(await this.#publisher.shown(patience))) throw catchingUp();
    this.#store ??= openStreamStore(this.settings.path, this.settings.base);
    if (!this.#store) throw catchingUp();
    return this.#store;
  }

  async state(address: PageAddress): Promise<PageAnswer> {
    const answer = pageState(await this.ready(), address, Date.now());
    // What is not there may still come: a reader that is told so gives up for good.
    if ((answer.answer === 'unknown-stream' || answer.answer === 'future') && this.#publisher.state?.behind !== false) throw catchingUp();
    return answer;
  }

  async pageOfMoment(address: PageAddress, time: number): Promise<PageAddress | undefined> {
    return pageOfMoment(await this.ready(), address, time);
  }

  async list(): Promise<readonly StreamEntry[]> {
    const store = await this.ready();
    return store.streams().map((name) => {
      const source = store.source(name);
      return { name, title: aboutStream(store, name, this.settings).title, pages: (source && store.lastPage(source)?.number) ?? 0 };
    });
  }

  /** What a stream is called, and what it holds. */
  async about(name: string): Promise<{ readonly title: StreamEntry['title']; readonly description?: StreamEntry['title'] }> {
    return aboutStream(await this.ready(), name, this.settings);
  }

  /** The streams as datasets of the catalogue: those that have something in them. */
  async catalogued(): Promise<readonly CataloguedStream[]> {
    const { base } = this.settings;
    const store = await this.ready();
    const streams = await this.list();
    return streams
      .filter(({ pages }) => pages > 0)
      .flatMap(({ name, title }): readonly CataloguedStream[] => {
        const iri = streamIri(base, { stream: name, flavour: 'versies' });
        const dataset = name.startsWith('dataset/') ? store.source(name)?.scopeName : undefined;
        return [
          {
            iri,
            view: iri.replace(/#stream$/, ''),
            // A dataset may be called as a kind is.
            title: dataset === undefined ? { nl: `Stream: ${title.nl}`, en: `Stream: ${title.en}` } : { nl: `Stream van de dataset: ${title.nl}`, en: `Stream of the dataset: ${title.en}` },
            description: {
              nl: `Elke versie van wat tot “${title.nl}” hoort, in volgorde, als Linked Data Event Stream.`,
              en: `Every version of what belongs to “${title.en}”, in order, as a Linked Data Event Stream.`,
            },
            ...(dataset === undefined ? {} : { dataset }),
            mediaType: 'text/turtle',
          },
        ];
      });
  }

  /** The bytes of a page in a format; undefined when it is no longer there. */
  async page(state: PageState, format: PageFormat, origin: string): Promise<WrittenPage | undefined> {
    const key = `${pathOf(state.address)} ${format} ${origin} ${state.state}${state.mark} ${state.complete}`;
    const kept = this.#cache.get(key);
    if (kept) return kept;
    let making = this.#making.get(key);
    if (!making) {
      if (this.#making.size >= maxWaiting) throw overloaded();
      making = this.#thread.rpc.call('page', { address: state.address, format, origin, now: Date.now() });
      this.#making.set(key, making);
      void making.then(
        (page) => {
          this.#making.delete(key);
          // Between question and answer a commit may have come: the bytes say what they are of.
          if (page?.page.state === state.state && page.page.complete === state.complete && page.page.generation === this.#publisher.state?.generation) this.#cache.set(key, page);
        },
        () => this.#making.delete(key),
      );
    }
    return making;
  }

  /** A member by its address; what is not there may be still to come, never have been, or be told no longer. */
  async member(commit: number, id: string, format: PageFormat, origin: string): Promise<PagesCalls['member']['answer'] | 'future' | 'gone'> {
    const store = await this.ready();
    if (commit > store.commit) {
      if (this.#publisher.state?.behind !== false) throw catchingUp();
      return 'future';
    }
    const found = await this.#thread.rpc.call('member', { commit, id, format, origin });
    // The generation names the commit that rewrote the past.
    return found ?? (commit <= (Number.parseInt(store.generation, 10) || 0) ? 'gone' : undefined);
  }

  /** Checks the stream as its clients read it. */
  async check(stream: string, flavour: Flavour): Promise<LintReport> {
    await this.ready();
    return this.#thread.rpc.call('check', { stream, flavour });
  }

  /** Called when the stream may have changed; answers how to stop. */
  listen(listener: () => void): () => void {
    return this.#publisher.listen(listener);
  }

  async close(): Promise<void> {
    this.#store?.close();
    await this.#thread.close();
  }
}

function catchingUp(): Fault {
  return new Fault(
    'busy',
    { nl: 'De streams worden bijgewerkt. Probeer het over enkele seconden opnieuw.', en: 'The streams are being brought up to date. Try again in a few seconds.' },
    { retryAfter: 2 },
  );
}

function overloaded(): Fault {
  // What LDES asks of a server with too much to do (server primer, §serializations).
  return new Fault('too-many-requests', { nl: 'Te veel pagina’s tegelijk. Probeer het over enkele seconden opnieuw.', en: 'Too many pages at once. Try again in a few seconds.' }, { retryAfter: 2 });
}
