import type { Path } from '../validation/path.js';

const tokens = /\s*(<[^>]*>|[()^/|*+?])/y;

/**
 * Reads the text of a property path (SPARQL 1.1 §9.1 with full IRIs, the form reports keep) back into its structure;
 * undefined for a text that is none.
 */
export function readPathText(text: string): Path | undefined {
  const list: string[] = [];
  tokens.lastIndex = 0;
  for (let at = 0; at < text.length; at = tokens.lastIndex) {
    const token = tokens.exec(text)?.[1];
    if (token === undefined) return undefined;
    list.push(token);
  }
  let next = 0;
  const postfix: Readonly<Record<string, 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'>> = { '*': 'zeroOrMore', '+': 'oneOrMore', '?': 'zeroOrOne' };

  function primary(): Path | undefined {
    const token = list[next++];
    if (token === '(') {
      const inner = alternatives();
      return list[next++] === ')' ? inner : undefined;
    }
    return token?.startsWith('<') ? { kind: 'predicate', iri: token } : undefined;
  }
  function step(): Path | undefined {
    const inverted = list[next] === '^';
    if (inverted) next += 1;
    let path = primary();
    for (let kind = postfix[list[next] ?? '']; path && kind; kind = postfix[list[next] ?? '']) {
      next += 1;
      path = { kind, path };
    }
    return path && inverted ? { kind: 'inverse', path } : path;
  }
  function series(kind: 'sequence' | 'alternative', separator: string, part: () => Path | undefined): Path | undefined {
    const paths: Path[] = [];
    do {
      const path = part();
      if (!path) return undefined;
      paths.push(path);
    } while (list[next] === separator && ++next > 0);
    return paths.length === 1 ? paths[0] : { kind, paths };
  }
  function alternatives(): Path | undefined {
    return series('alternative', '|', () => series('sequence', '/', step));
  }

  const path = alternatives();
  return next === list.length ? path : undefined;
}
