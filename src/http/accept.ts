/** Forms a client names when it names all it can read. */
const manyForms = 4;

/** One member of an `Accept` header (RFC 9110 §12.5.1). */
export interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly q: number;
}

/** Something the server can send: a media type without parameters. */
export interface Offered {
  readonly mediaType: string;
  /** Older names of the media type, by which some clients still ask for it. */
  readonly aliases?: readonly string[];
  /** How well this form suits clients that read many, from 0 to 1 (RFC 9110 §12.1); 1 when not said. */
  readonly weight?: number;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const rangeStart = new RegExp(`^\\s*(${token})/(${token})\\s*`);
/* Many clients forget the quotes around a profile, which is an IRI: what they mean is plain. */
const parameter = new RegExp(`^;\\s*(?:(${token})\\s*=\\s*("(?:[^"\\\\]|\\\\.)*"|[^\\s;,"]+))?\\s*`);

/**
 * Splits on commas outside quoted strings, in one pass: whoever sends a header of nothing but quotes and backslashes
 * must not keep the others waiting.
 */
function members(header: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < header.length; at += 1) {
    const character = header[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      found.push(header.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, header.slice(start)];
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

function parseRange(text: string): MediaRange | undefined {
  const start = rangeStart.exec(text);
  if (!start) return undefined;
  const [matched, type = '', subtype = ''] = start;
  if (type === '*' && subtype !== '*') return undefined;
  const parameters = new Map<string, string>();
  let q = 1;
  let rest = text.slice(matched.length);
  while (rest !== '') {
    const found = parameter.exec(rest);
    if (!found) return undefined;
    rest = rest.slice(found[0].length);
    const name = found[1]?.toLowerCase();
    if (name === undefined) continue;
    const value = unquote(found[2] ?? '');
    if (name === 'q') {
      q = Number(value);
      if (!(q >= 0 && q <= 1)) return undefined;
    } else parameters.set(name, value);
  }
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters, q };
}

/** The readable members of an `Accept` header; members that do not follow the grammar are left out. */
export function parseAccept(header: string): readonly MediaRange[] {
  return members(header)
    .map(parseRange)
    .filter((range) => range !== undefined);
}

/**
 * How closely a range names an offer: 0 not at all, 1 for any type, 2 for the main type, 3 for an older name of it,
 * 4 for the exact type.
 */
function closeness(range: MediaRange, offer: Offered): 0 | 1 | 2 | 3 | 4 {
  if (range.type === '*') return 1;
  const name = `${range.type}/${range.subtype}`;
  if (name === offer.mediaType) return 4;
  if (offer.aliases?.includes(name)) return 3;
  return range.subtype === '*' && offer.mediaType.startsWith(`${range.type}/`) ? 2 : 0;
}

/**
 * The offer a client wants most, or undefined when it accepts none. The closest range decides an offer's quality;
 * equal qualities are decided by closeness (a type that was named goes before one that only `*` covers), then by the
 * server's order. Parameters (a profile, a version, a charset) do not narrow: a parameterised range asks for what we have
 * of its media type (`profilesOf` says in which form). Only a refusal (`q=0`) of a parameterised form says nothing about ours. What
 * the server thinks of a form (`weight`) counts only for a library that names whatever it reads, not for who chose.
 */
export function choose<T extends Offered>(header: string | undefined, offers: readonly T[]): T | undefined {
  const ranges = parseAccept(header ?? '').filter((range) => range.q > 0 || range.parameters.size === 0);
  if (ranges.length === 0) return offers[0];
  const readsAll = offers.filter((offer) => ranges.some((range) => range.q > 0 && closeness(range, offer) >= 3)).length >= manyForms;
  let best: { offer: T; q: number; close: number } | undefined;
  for (const offer of offers) {
    let close = 0;
    let q = 0;
    for (const range of ranges) {
      const found = closeness(range, offer);
      if (found > close || (found === close && found > 0 && range.q > q)) {
        close = found;
        q = range.q;
      }
    }
    if (readsAll) q *= offer.weight ?? 1;
    if (q > 0 && (!best || q > best.q || (q === best.q && close > best.close))) best = { offer, q, close };
  }
  return best?.offer;
}

/** The IRIs of the profile that a client asks a media type in, when that is how it wants it most (RFC 6906 §3). */
export function profilesOf(header: string | undefined, mediaType: string): readonly string[] {
  const named = parseAccept(header ?? '').filter(({ type, subtype, q }) => q > 0 && `${type}/${subtype}` === mediaType);
  const [best] = named.toSorted((a, b) => b.q - a.q || b.parameters.size - a.parameters.size);
  return best?.parameters.get('profile')?.split(/[\s,]+/) ?? [];
}

/** True when the client names HTML and likes it at least as much as anything else: a browser. */
export function prefersHtml(header: string | undefined): boolean {
  return choose(header, [{ mediaType: 'application/json' }, { mediaType: 'text/html' }])?.mediaType === 'text/html';
}
