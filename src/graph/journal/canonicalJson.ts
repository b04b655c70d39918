const loneSurrogate = /\p{Surrogate}/u;

function quoted(text: string): string {
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form, so it cannot be hashed.
  if (loneSurrogate.test(text)) throw new TypeError('a lone surrogate cannot be written as canonical JSON');
  return JSON.stringify(text);
}

/**
 * Canonical JSON (RFC 8785): no white space, members sorted by UTF-16 unit (§3.2.3), absent members left out. Only
 * what a commit holds: its numbers are integers, so JavaScript's own notation is the canonical one.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} ${String(value)} cannot stand in a commit`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${quoted(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
