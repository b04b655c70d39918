import type { Answer, JsonTerm } from '../../pages/sparqlPage.js';

interface ResultsJson {
  readonly head?: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

/** Characters the main thread may parse at once. */
const parsed = 1_000_000;
/** Characters of a graph that a page shows. */
const graphShown = 200_000;

/**
 * Where the object after `rows` objects of the array that starts at `from` would begin, or undefined when the array
 * ends before.
 */
function cutAfter(body: string, from: number, rows: number): number | undefined {
  let depth = 0;
  let inString = false;
  let seen = 0;
  for (let at = from; at < body.length; at += 1) {
    const character = body[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0 && (seen += 1) === rows) return at + 1;
    }
  }
  return undefined;
}

/**
 * The first rows of a result in the SPARQL 1.1 Query Results JSON Format, read without parsing the rest: a page
 * shows few rows, and a long answer must not hold up everybody else.
 */
export function firstRows(body: string, rows: number): Answer {
  const mark = '"bindings":[';
  const start = body.length <= parsed ? -1 : body.indexOf(mark);
  const end = start === -1 ? undefined : cutAfter(body, start + mark.length, rows);
  const whole = JSON.parse(end === undefined ? body : `${body.slice(0, end)}]}}`) as ResultsJson;
  if (whole.boolean !== undefined) return { kind: 'boolean', value: whole.boolean };
  const bindings = whole.results?.bindings ?? [];
  return { kind: 'solutions', variables: whole.head?.vars ?? [], rows: bindings.slice(0, rows), ...(end === undefined ? { total: bindings.length } : {}) };
}

/** The first lines of a graph. */
export function firstLines(body: string): Answer {
  if (body.length <= graphShown) return { kind: 'graph', text: body, whole: true };
  return { kind: 'graph', text: body.slice(0, body.lastIndexOf('\n', graphShown) + 1 || graphShown), whole: false };
}
