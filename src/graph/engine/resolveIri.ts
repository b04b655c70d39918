const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s;

function split(iri: string): readonly [scheme: string, authority: string | undefined, path: string, query: string | undefined, fragment: string] {
  const [, scheme, authority, path, query, fragment] = parts.exec(iri) ?? [];
  return [scheme ?? '', authority, path ?? '', query, fragment ?? ''];
}

/** RFC 3986 §5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (last) kept.push('');
    } else if (segment === '.') {
      if (last) kept.push('');
    } else kept.push(segment);
  }
  return kept.join('/');
}

/** Resolves an IRI reference against an absolute base, without changing any character (RFC 3986 §5.2.2). */
export function resolveIri(reference: string, base: string): string {
  const [scheme, authority, path, query, fragment] = split(reference);
  if (scheme !== '') return reference;
  const [baseScheme, baseAuthority, basePath, baseQuery] = split(base);
  if (authority !== undefined) return `${baseScheme}:${authority}${withoutDots(path)}${query ?? ''}${fragment}`;
  const start = `${baseScheme}:${baseAuthority ?? ''}`;
  if (path === '') return `${start}${basePath}${query ?? baseQuery ?? ''}${fragment}`;
  if (path.startsWith('/')) return `${start}${withoutDots(path)}${query ?? ''}${fragment}`;
  const folder = baseAuthority !== undefined && basePath === '' ? '/' : basePath.slice(0, basePath.lastIndexOf('/') + 1);
  return `${start}${withoutDots(folder + path)}${query ?? ''}${fragment}`;
}
