/** What an entity tag of ours says: the state of the resource and which representation of it (RFC 9110 §8.8.3). */
export interface Tag {
  /** Number of the commit the state is from. */
  readonly state: number;
  readonly representation: string;
}

/** `"{n}-{representation}"`. The state is digits only, so that the first `-` always ends it. */
export function formatTag(tag: Tag): string {
  return `"${tag.state}-${tag.representation}"`;
}

export type TagList = '*' | readonly { readonly weak: boolean; readonly opaque: string }[];

/** Reads `If-Match` or `If-None-Match` (RFC 9110 §13.1); undefined when there is none. */
export function parseTagList(header: string | undefined): TagList | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)].map((found) => ({ weak: found[1] !== undefined, opaque: found[2] ?? '' }));
}

/** Content codings are part of the tag (they change the bytes) but not of what it is a tag of. */
const coding = /\.(?:gzip|br|deflate|zstd)$/;

/** The tag of the same representation in a content coding. */
export function codedTag(etag: string, contentCoding: string): string {
  return coding.test(etag.slice(0, -1)) ? etag : `${etag.slice(0, -1)}.${contentCoding}"`;
}

/** A bare number names a state without a representation: enough for `If-Match`, never for `If-None-Match`. */
export function readTag(opaque: string): Tag | undefined {
  const found = /^(\d{1,15})(?:-(.+))?$/.exec(opaque);
  if (!found) return undefined;
  return { state: Number(found[1]), representation: (found[2] ?? '').replace(coding, '') };
}

/** `If-None-Match` holds the current tag: the client has this representation (weak comparison). */
export function alreadyHas(header: string | undefined, current: Tag): boolean {
  const tags = parseTagList(header);
  if (tags === undefined) return false;
  if (tags === '*') return true;
  return tags.some(({ opaque }) => {
    const tag = readTag(opaque);
    return tag?.state === current.state && tag.representation === current.representation;
  });
}

/** `If-Match` that names other representations than the current one (strong comparison, RFC 9110 §13.1.1). */
export function wantsAnother(header: string | undefined, current: Tag): boolean {
  const tags = parseTagList(header);
  if (tags === undefined || tags === '*') return false;
  return !tags.some(({ opaque, weak }) => {
    const tag = weak ? undefined : readTag(opaque);
    return tag?.state === current.state && tag.representation === current.representation;
  });
}

/**
 * The states an `If-Match` allows: undefined without the header, `'*'` for any existing state, else the newest state
 * named (what was seen last is what must still hold), or `'none'` when no tag is one of ours.
 */
export function expectedState(header: string | undefined): number | '*' | 'none' | undefined {
  const tags = parseTagList(header);
  if (tags === undefined || tags === '*') return tags;
  const states = tags.flatMap(({ opaque, weak }) => (weak ? [] : (readTag(opaque)?.state ?? [])));
  return states.length === 0 ? 'none' : Math.max(...states);
}
