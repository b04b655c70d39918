/** What the characters of a SPARQL text tell without a grammar: enough for limits, cache keys and a LIMIT of ours. */
export interface Scan {
  /** Deepest nesting of brackets, and where it is. */
  readonly depth: number;
  readonly deepest: number;
  /** Operators and keywords that each make the engine's plan one step deeper, and where the last one stands. */
  readonly steps: number;
  readonly lastStep: number;
  /** Where a word without a prefix stands that is longer than any the grammar has: the parser would be long at it. */
  readonly longWord: number | undefined;
  /** True where an answer may differ although the graph does not (SPARQL 1.1 §17.4): NOW, RAND, UUID, STRUUID, BNODE, SERVICE. */
  readonly volatile: boolean;
  /** LIMIT and OFFSET of the query itself, not of a subquery: the number and where the clause stands. */
  readonly slices: readonly { readonly word: 'LIMIT' | 'OFFSET'; readonly value: number; readonly from: number; readonly to: number }[];
  /** From the word CONSTRUCT to the end of its template. */
  readonly construct: { readonly from: number; readonly to: number } | undefined;
  /** Where a solution modifier may be added (§19.8, rule SolutionModifier): before the final VALUES, else the end. */
  readonly modifiersEnd: number;
}

/*
 * One token, or what lies between two; a name with its prefix is a word too. No alternative backtracks, so a text is
 * read in time proportional to its length. `<` opens an IRI only when one follows (§19.8, rule IRIREF).
 */
export const token =
  /(?<blank>(?:\s|#[^\n\r]*)+)|<[^<>"{}|^`\\\s]*>|"""(?:(?:""?)?(?:[^"\\]|\\[^]))*(?:"""|$)|'''(?:(?:''?)?(?:[^'\\]|\\[^]))*(?:'''|$)|"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\\\n\r]|\\.)*'?|(?<word>[A-Za-z\u0080-\uffff][\w\u0080-\uffff-]*(?::(?:[\w:.%\u0080-\uffff-]|\\.)*)?)|_?:(?:[\w:.%\u0080-\uffff-]|\\.)*|[?$@][\w\u0080-\uffff-]*|\d+|(?<open>[({[])|(?<close>[)}\]])|(?<step>\|\||&&|[!+*/|^-])|[^]/gy;

const volatileWords: ReadonlySet<string> = new Set(['NOW', 'RAND', 'UUID', 'STRUUID', 'BNODE', 'SERVICE']);
const stepWords: ReadonlySet<string> = new Set(['UNION', 'OPTIONAL', 'MINUS', 'BIND', 'FILTER', 'GRAPH', 'EXISTS', 'VALUES', 'LATERAL']);

const longestWord = 200;

/** Reads a text once, without judging it. */
export function scanSparql(text: string): Scan {
  const scan = { depth: 0, deepest: 0, steps: 0, lastStep: 0, volatile: false, modifiersEnd: text.length };
  const slices: Scan['slices'][number][] = [];
  let construct: Scan['construct'];
  let longWord: number | undefined;
  let depth = 0;
  let group = false;
  let slice: { word: 'LIMIT' | 'OFFSET'; from: number } | undefined;
  let template: 'next' | 'open' | undefined;
  for (const { 0: image, index, groups = {} } of text.matchAll(token)) {
    if (groups['blank'] !== undefined) continue;
    if (groups['open'] !== undefined) {
      depth += 1;
      if (depth > scan.depth) [scan.depth, scan.deepest] = [depth, index];
      template = template === 'next' && image === '{' ? 'open' : template === 'open' ? 'open' : undefined;
    } else if (groups['close'] !== undefined) {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && image === '}') {
        if (construct && template === 'open') construct = { from: construct.from, to: index + 1 };
        else group = true;
        template = undefined;
      }
    } else if (groups['step'] !== undefined) {
      scan.steps += 1;
      scan.lastStep = index;
    } else if (groups['word'] !== undefined) {
      if (image.length > longestWord && !image.includes(':')) longWord ??= index;
      const word = image.toUpperCase();
      if (volatileWords.has(word)) scan.volatile = true;
      if (stepWords.has(word)) {
        scan.steps += 1;
        scan.lastStep = index;
      }
      if (depth === 0 && group && word === 'VALUES') scan.modifiersEnd = index;
      if (depth === 0 && word === 'CONSTRUCT' && !construct) {
        construct = { from: index, to: index + image.length };
        template = 'next';
      } else if (template === 'next') template = undefined;
      slice = depth === 0 && group && (word === 'LIMIT' || word === 'OFFSET') ? { word, from: index } : undefined;
    } else {
      if (slice && /^\d+$/.test(image)) slices.push({ ...slice, value: Number(image), to: index + image.length });
      slice = undefined;
    }
  }
  return { ...scan, slices, construct, longWord };
}

/**
 * The text with comments gone and white space only where it may mean something: two texts with the same result here are
 * the same query.
 */
export function canonicalText(text: string): string {
  let canonical = '';
  let before = '';
  let blank = false;
  for (const { 0: image, groups = {} } of text.matchAll(token)) {
    if (groups['blank'] !== undefined) {
      blank = true;
      continue;
    }
    if (blank && before !== '' && !borders.has(image) && !borders.has(before)) canonical += ' ';
    blank = false;
    before = image;
    canonical += image;
  }
  return canonical;
}

/** Characters that no token can run into: white space beside them says nothing. */
const borders: ReadonlySet<string> = new Set(['{', '}', '(', ')', '[', ']', ',', ';']);
