import { IllFormed } from './shapesGraph.js';

/** XPath classes that JavaScript has not (XPath and XQuery Functions §5.6.1, XML Schema §F). */
const classEscapes: Readonly<Record<string, { readonly alone: string; readonly inClass: string }>> = {
  i: { alone: '[\\p{L}_:]', inClass: '\\p{L}_:' },
  c: { alone: '[\\p{L}\\p{N}\\p{M}._:\\-·]', inClass: '\\p{L}\\p{N}\\p{M}._:\\-·' },
  I: { alone: '[^\\p{L}_:]', inClass: '' },
  C: { alone: '[^\\p{L}\\p{N}\\p{M}._:\\-·]', inClass: '' },
};

/**
 * The JavaScript form of a regular expression as SPARQL's REGEX understands it (flags s, m, i, x, q), working on
 * code points. Throws `IllFormed` for what JavaScript cannot express (class subtraction) and for syntax errors.
 */
export function toRegExp(pattern: string, flags: string): RegExp {
  if (/[^smixq]/.test(flags)) throw new IllFormed(`sh:flags kent alleen s, m, i, x en q, niet "${flags}"`, `sh:flags knows only s, m, i, x and q, not "${flags}"`);
  const source = flags.includes('q') ? pattern.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\\-', '\\x2d') : translate(flags.includes('x') ? withoutSpaces(pattern) : pattern);
  const own = ['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('');
  try {
    return new RegExp(source, `u${own}`);
  } catch {
    // Without `u` JavaScript accepts needless escapes such as \- or \', which other engines accept too.
    try {
      return new RegExp(source, own);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new IllFormed(`sh:pattern is geen geldige reguliere uitdrukking: ${reason}`, `sh:pattern is not a valid regular expression: ${reason}`);
    }
  }
}

function withoutSpaces(pattern: string): string {
  return pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\s/gu, (part) => (/^\s$/.test(part) ? '' : part));
}

function translate(pattern: string): string {
  let inClass = false;
  return pattern.replaceAll(/\\.|[[\]]/gsu, (part) => {
    if (part === '[') inClass = true;
    else if (part === ']') inClass = false;
    const escape = part.length > 1 ? classEscapes[part.slice(1)] : undefined;
    if (!escape) return part;
    return inClass && escape.inClass !== '' ? escape.inClass : escape.alone;
  });
}
