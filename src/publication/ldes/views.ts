import type { PageAddress } from './address.js';
import { recentDays } from './hypermedia.js';
import type { Source, StreamPage, StreamStore, StreamVersion } from './streamStore.js';

const hour = 3_600_000;

/** The moment up to which the view `recent` goes back; it moves by the hour, so that pages stay the same for a while. */
export function recentSince(now: number): number {
  return Math.floor(now / hour) * hour - recentDays * 24 * hour;
}

/** What of the versions of a page a view keeps. */
export function keptOf(store: StreamStore, source: Source, { view, flavour, page }: PageAddress, own: StreamPage, now: number): readonly StreamVersion[] {
  const versions = store.versions(source, own);
  switch (view) {
    case 'alles':
    case 'keten':
      return versions;
    case 'recent': {
      const since = new Date(recentSince(now)).toISOString();
      return versions.filter(({ time }) => time >= since);
    }
    case 'laatste':
      return newestOf(store, source, own, versions, { at: Number.MAX_SAFE_INTEGER, withParts: flavour === 'versies' });
    case 'momentopname': {
      const until = page.kind === 'leaf' ? (page.until ?? 0) : 0;
      return newestOf(store, source, own, versions, { at: store.page(source, until)?.final ?? 0, withParts: flavour === 'versies' });
    }
    default:
      return view satisfies never;
  }
}

/**
 * The versions that are the newest of their entity, or were at a sequence. Parts are entities of their own among version
 * objects: of a version that is the newest no longer there may be left that a part is gone.
 */
function newestOf(
  store: StreamStore,
  source: Source,
  own: StreamPage,
  versions: readonly StreamVersion[],
  { at, withParts }: { readonly at: number; readonly withParts: boolean },
): readonly StreamVersion[] {
  const isNewest = ({ next }: StreamVersion): boolean => next === undefined || next > at;
  if (!withParts) return versions.filter(isNewest);
  const gone = new Map<number, Set<string>>();
  for (const { sequence, node, next } of store.goneNodes(source, own)) {
    if (next !== null && next <= at) continue;
    const known = gone.get(sequence);
    if (known) known.add(node);
    else gone.set(sequence, new Set([node]));
  }
  return versions.flatMap((version): readonly StreamVersion[] => {
    const still = gone.get(version.sequence) ?? new Set();
    if (!isNewest(version) && still.size === 0) return [];
    const { gone: nodes = [], here, ...rest } = version;
    const left = { gone: nodes.filter((node) => still.has(node)), ...(here ? { here: { ...here, gone: here.gone.filter((node) => still.has(node)) } } : {}) };
    return [isNewest(version) ? { ...rest, ...left } : { ...rest, ...left, lines: [], onlyGone: true }];
  });
}
