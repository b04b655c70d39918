import { splitLine } from '../../rdf/nquads.js';
import { prefixes, shrink } from '../../rdf/prefixes.js';
import type { TermText } from '../../rdf/termText.js';

export type DumpFormat = 'nq' | 'ttl' | 'trig';

export const dumpMediaTypes: Readonly<Record<DumpFormat, string>> = { nq: 'application/n-quads', ttl: 'text/turtle', trig: 'application/trig' };

/** What Turtle and TriG files begin with; the same for all, so that they can be joined. */
export const turtleHead = `${Object.entries(prefixes)
  .map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`)
  .join('\n')}\n\n`;

function shortTerm(term: TermText): string {
  if (term.startsWith('<')) return shrink(term.slice(1, -1)) ?? term;
  const at = term.endsWith('>') ? term.lastIndexOf('"^^<') : -1;
  return at === -1 ? term : `${term.slice(0, at + 3)}${shortTerm(term.slice(at + 3))}`;
}

/** Turtle for the sorted quads of one graph: one statement a subject (Turtle 1.1 §2.2). */
export function* turtleOf(lines: Iterable<string>, indent = ''): Generator<string> {
  let [subject, predicate] = ['', ''];
  for (const line of lines) {
    const parts = splitLine(line);
    if (parts.subject !== subject) {
      yield `${subject === '' ? '' : ' .\n'}${indent}${shortTerm(parts.subject)} ${shortTerm(parts.predicate)} ${shortTerm(parts.object)}`;
    } else if (parts.predicate !== predicate) yield ` ;\n${indent}  ${shortTerm(parts.predicate)} ${shortTerm(parts.object)}`;
    else yield `, ${shortTerm(parts.object)}`;
    ({ subject, predicate } = parts);
  }
  if (subject !== '') yield ' .\n';
}

/** A graph with its triples (TriG 1.1 §2.2), without the head. */
export function* trigOf(graph: string, lines: Iterable<string>): Generator<string> {
  yield `<${graph}> {\n`;
  yield* turtleOf(lines, '  ');
  yield '}\n';
}
