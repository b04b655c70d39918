import { predicatePath, type Path } from './path.js';

const suffixes: Readonly<Record<string, 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'>> = { '*': 'zeroOrMore', '+': 'oneOrMore', '?': 'zeroOrOne' };

/** Reads the text that `pathText` writes back into a path. */
export function parsePathText(text: string): Path {
  const tokens = text.match(/<[^>]*>|[()^|/*+?]/g) ?? [];
  let at = 0;
  const alternative = (): Path => {
    const paths = [several()];
    while (tokens[at] === '|') {
      at += 1;
      paths.push(several());
    }
    return one('alternative', paths);
  };
  const several = (): Path => {
    const paths = [step()];
    while (tokens[at] === '/') {
      at += 1;
      paths.push(step());
    }
    return one('sequence', paths);
  };
  const step = (): Path => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '^') return { kind: 'inverse', path: step() };
    let path = predicatePath(token);
    if (token === '(') {
      path = alternative();
      at += 1;
    }
    const kind = suffixes[tokens[at] ?? ''];
    if (!kind) return path;
    at += 1;
    return { kind, path };
  };
  return alternative();
}

function one(kind: 'alternative' | 'sequence', paths: readonly Path[]): Path {
  const [only] = paths;
  return paths.length === 1 && only ? only : { kind, paths };
}
