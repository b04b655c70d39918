import type { PageAddress } from './address.js';
import { hypermedia, leaf, relationsTo, retentionLines, type Relation, type StreamAbout } from './hypermedia.js';
import { membersOf, type PageMember } from './members.js';
import type { Source, StreamPage, StreamStore } from './streamStore.js';
import { keptOf, recentSince } from './views.js';

/** More pages than this in a root, and a block of the oldest moves to an index page of its own. */
const mostInRoot = 500;
const blockSize = 250;
/** A snapshot goes up to a multiple of this many pages, so that its pages stay the same for a while. */
const snapshotStep = 8;

/** A page of a stream, before it is written in a format. */
export interface ComposedPage {
  readonly stream: string;
  readonly hypermedia: readonly string[];
  readonly members: readonly PageMember[];
}

/** What can be said of a page without composing it: cheap enough for every request. */
export interface PageState {
  readonly generation: string;
  readonly address: PageAddress;
  /** Sequence of the newest version that counts for it. */
  readonly state: number;
  /** What else its content depends on. */
  readonly mark: string;
  /** It never changes again. */
  readonly complete: boolean;
}

export type PageAnswer =
  | { readonly answer: 'page'; readonly page: PageState }
  | { readonly answer: 'unknown-stream' }
  /** There is no such page yet; the newest there is. */
  | { readonly answer: 'future'; readonly newest: number }
  /** It was, and what it told is no longer told that way. */
  | { readonly answer: 'gone' }
  | { readonly answer: 'elsewhere'; readonly address: PageAddress };

/** Blocks of pages that left the root. */
function movedBlocks(pages: number): number {
  return pages > mostInRoot ? Math.floor((pages - blockSize) / blockSize) : 0;
}

/** Answers what a page is now. */
export function pageState(store: StreamStore, address: PageAddress, now: number): PageAnswer {
  const source = store.source(address.stream);
  if (!source) return { answer: 'unknown-stream' };
  const { generation } = store;
  const { page, view } = address;
  const last = store.lastPage(source);
  const newest = last?.number ?? 0;
  const found = (state: number, complete: boolean, mark = ''): PageAnswer => ({ answer: 'page', page: { generation, address, state, mark, complete } });
  if (page.kind === 'root') {
    if (view === 'keten') return { answer: 'elsewhere', address: leaf(address, generation, 1) };
    return found(last?.final ?? 0, false, view === 'recent' ? `.${recentSince(now)}` : '');
  }
  if (page.generation !== generation) return olderThan(page.generation, generation) ? { answer: 'gone' } : { answer: 'future', newest };
  if (page.kind === 'index') return page.number <= movedBlocks(newest) ? found(page.number, true) : { answer: 'future', newest: movedBlocks(newest) };
  // The first page is there before there is anything on it.
  if (page.number > Math.max(1, newest)) return { answer: 'future', newest };
  const own = store.page(source, page.number);
  const isLast = page.number >= newest;
  if (view === 'momentopname') {
    const until = page.until ?? 0;
    return until < newest && page.number <= until ? found(own?.final ?? 0, true) : { answer: 'future', newest: snapshotEnd(newest) };
  }
  if (view === 'alles') return found(own?.final ?? 0, !isLast);
  // A page of a chain says which page comes next; those of views that drop versions change with every version.
  if (view === 'keten') return found(own?.final ?? 0, false, isLast ? '' : '.n');
  return found(last?.final ?? 0, false, view === 'recent' ? `.${recentSince(now)}` : '');
}

/** Generations hold the number of the commit that rewrote the past. */
function olderThan(one: string, other: string): boolean {
  return (Number.parseInt(one, 10) || 0) <= (Number.parseInt(other, 10) || 0);
}

function snapshotEnd(newest: number): number {
  return Math.floor((newest - 1) / snapshotStep) * snapshotStep;
}

/** The address of the page that holds a moment. */
export function pageOfMoment(store: StreamStore, address: PageAddress, time: number): PageAddress | undefined {
  const source = store.source(address.stream);
  return source && leaf(address, store.generation, store.pageAt(source, time)?.number ?? 1);
}

/** Composes a page that `pageState` answered. */
export function composePage(store: StreamStore, { address, generation, complete }: PageState, about: StreamAbout, now: number): ComposedPage {
  const source = store.source(address.stream);
  const composed = (relations: readonly Relation[], members: readonly PageMember[] = [], extra: readonly string[] = []): ComposedPage => ({
    stream: address.stream,
    hypermedia: [...hypermedia(address, about, relations, { complete }), ...extra],
    members,
  });
  if (!source) return composed([]);
  const { page, view, flavour } = address;
  const full = { ...address, view: 'alles' } as const;
  const newest = store.lastPage(source)?.number ?? 0;
  const leafOf = (target: PageAddress, until?: number) => (one: StreamPage) => leaf(target, generation, one.number, until);
  if (page.kind === 'index') return composed(blockRelations(store, source, address, generation, page.number));
  if (page.kind === 'leaf') {
    const own = store.page(source, page.number);
    const kept = own ? keptOf(store, source, address, own, now) : [];
    const next = view === 'keten' ? store.page(source, page.number + 1) : undefined;
    return composed(
      next ? [{ target: leafOf(address)(next), from: next.time }] : [],
      kept.flatMap((version) => membersOf(about.present?.(version) ?? version, flavour, about.base)),
    );
  }
  switch (view) {
    case 'laatste': {
      const numbers = new Set(store.newestPages(source));
      return composed(relationsTo(store.pages(source, 1, newest).filter(({ number }) => numbers.has(number)), undefined, leafOf(address)), [], retentionLines(address, about.origin));
    }
    case 'recent': {
      const first = store.pageAt(source, recentSince(now))?.number ?? 1;
      return composed(relationsTo(store.pages(source, first, newest), undefined, leafOf(address)), [], retentionLines(address, about.origin));
    }
    case 'momentopname': {
      const until = Math.max(0, snapshotEnd(newest));
      const tail = store.pages(source, until + 1, newest);
      const end = store.page(source, until)?.final;
      const numbers = new Set(end === undefined ? [] : store.newestPages(source, end));
      const before = store.pages(source, 1, until).filter(({ number }) => numbers.has(number));
      const relations = [...relationsTo(before, tail[0]?.time, leafOf(address, until)), ...relationsTo(tail, undefined, leafOf(full))];
      // As long as nothing was dropped it keeps everything.
      return composed(relations, [], until === 0 ? [] : retentionLines(address, about.origin));
    }
    default: {
      const moved = movedBlocks(newest);
      const pages = store.pages(source, moved * blockSize + 1, newest);
      const index: PageAddress = { ...address, page: { kind: 'index', generation, number: moved } };
      const older: readonly Relation[] = moved === 0 ? [] : [bounded(store, source, index, pages[0]?.time)];
      // Last: some clients must not have two pages with relations under way.
      return composed([...relationsTo(pages, undefined, leafOf(full)), ...older]);
    }
  }
}

function bounded(store: StreamStore, source: Source, target: PageAddress, until: number | undefined): Relation {
  const from = store.page(source, 1)?.time;
  return { target, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

function blockRelations(store: StreamStore, source: Source, address: PageAddress, generation: string, number: number): readonly Relation[] {
  const pages = store.pages(source, (number - 1) * blockSize + 1, number * blockSize);
  const end = store.page(source, number * blockSize + 1)?.time;
  const older: PageAddress = { ...address, page: { kind: 'index', generation, number: number - 1 } };
  return [...relationsTo(pages, end, (one) => leaf(address, generation, one.number)), ...(number === 1 ? [] : [bounded(store, source, older, pages[0]?.time)])];
}
