/** How members are written: version objects in plain triples, or activities with the state in a named graph. */
export type Flavour = 'versies' | 'activiteiten';

/**
 * What of a stream a view shows. `alles`: every version; `laatste`: the newest of each entity; `recent`: those of the
 * last month; `momentopname`: the state at a moment and every version since; `keten`: every version, as a chain of
 * pages (for clients that read page after page).
 */
export type ViewName = 'alles' | 'laatste' | 'recent' | 'momentopname' | 'keten';

export type PageName =
  | { readonly kind: 'root' }
  | { readonly kind: 'leaf'; readonly generation: string; readonly number: number; /** Page up to which a snapshot goes. */ readonly until?: number }
  /** Pages that were moved out of the root. */
  | { readonly kind: 'index'; readonly generation: string; readonly number: number };

export interface PageAddress {
  /** `alles`, the name of a collection, or `dataset/` and a slug. */
  readonly stream: string;
  readonly flavour: Flavour;
  readonly view: ViewName;
  readonly page: PageName;
}

const activities = 'activiteiten';
const views: readonly ViewName[] = ['laatste', 'recent', 'momentopname', 'keten'];
const pagePattern = /^(?:(\d+[a-z]*|[a-z]+)-)?([1-9]\d{0,8})$/;

/** How a page is named among those of its stream. */
export function pageId(generation: string, number: number): string {
  return generation === '' ? String(number) : `${generation}-${number}`;
}

/** Path of a page below the base, without a slash in front. */
export function pathOf({ stream, flavour, view, page }: PageAddress): string {
  const parts = ['ldes', stream, ...(flavour === activities ? [activities] : []), ...(view === 'alles' ? [] : [view])];
  if (page.kind === 'root') return parts.join('/');
  if (page.kind === 'index') parts.push('index');
  else if (view === 'momentopname') parts.push(String(page.until ?? 0), 'p');
  else parts.push('p');
  return [...parts, pageId(page.generation, page.number)].join('/');
}

function pageName(rest: readonly string[], view: ViewName): PageName | undefined {
  if (rest.length === 0) return { kind: 'root' };
  const [until, ...after] = rest;
  if (view === 'momentopname') {
    const page = /^\d{1,9}$/.test(until ?? '') ? pageName(after, 'alles') : undefined;
    return page?.kind === 'leaf' ? { ...page, until: Number(until) } : undefined;
  }
  const [kind, id] = rest;
  const found = pagePattern.exec(id ?? '');
  if (!found || rest.length !== 2 || (kind !== 'p' && !(kind === 'index' && view === 'alles'))) return undefined;
  return { kind: kind === 'p' ? 'leaf' : 'index', generation: found[1] ?? '', number: Number(found[2]) };
}

/** Reads the part of a path after `/ldes/`; undefined when it names no page, of whatever stream. */
export function readPath(path: string): PageAddress | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const stream = parts[0] === 'dataset' ? parts.splice(0, 2).join('/') : parts.shift();
  if (stream === undefined || stream === 'dataset') return undefined;
  const flavour: Flavour = parts[0] === activities ? activities : 'versies';
  if (flavour === activities) parts.shift();
  const view = views.find((name) => name === parts[0]) ?? 'alles';
  if (view !== 'alles') parts.shift();
  // A client of activities does not read a chain.
  if (view === 'keten' && flavour === activities) return undefined;
  const page = pageName(parts, view);
  return page && { stream, flavour, view, page };
}
