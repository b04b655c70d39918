import { joinLine, splitLine } from '../../rdf/nquads.js';
import { prefixes } from '../../rdf/prefixes.js';
import { parseTermText, termText } from '../../rdf/terms.js';
import type { TermText } from '../../rdf/termText.js';
import { uuidOf } from './names.js';
import { storable } from './storable.js';

/** What a stream says of an entity, and how many statements it cannot carry. */
export interface Encoded {
  /** N-Triples statements without line end, each once. */
  readonly lines: ReadonlySet<string>;
  readonly omitted: number;
}

const muUuid = `<${prefixes.mu}uuid>`;
/** Characters that no IRI may hold (RFC 3987 §2.2) and that block a consumer for ever. */
/* oxlint-disable-next-line no-control-regex -- control characters are among them */
const unclean = /[\u0000-\u0020<>"{}|\\^`\u007f]/gu;

/** An IRI with what cannot stand in one percent-encoded (RFC 3987 §3.1). */
export function cleanIri(iri: string): string {
  return iri.replace(unclean, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function cleanTerm(term: TermText): TermText | undefined {
  if (term.startsWith('<')) return `<${cleanIri(term.slice(1, -1))}>`;
  // The kernel has no blank nodes; were there one, a consumer would store it as the text of its label.
  if (!term.startsWith('"')) return undefined;
  if (!term.endsWith('>')) return term;
  const parsed = parseTermText(term);
  const fit = parsed.termType === 'Literal' ? storable(parsed) : undefined;
  return fit && termText(fit);
}

/**
 * The description of an entity in the profile that LBLOD consumers take without loss: clean IRIs, literals that their
 * store takes, and a `mu:uuid` for every subject that has none (mu-cl-resources shows nothing
 * without). Plain texts have no datatype and blank nodes are skolem IRIs in the kernel already.
 */
export function encode(lines: Iterable<string>): Encoded {
  const encoded = new Set<string>();
  const subjects = new Set<TermText>();
  const named = new Set<TermText>();
  let omitted = 0;
  for (const line of lines) {
    const parts = splitLine(line);
    const [subject, predicate, object] = [cleanTerm(parts.subject), cleanTerm(parts.predicate), cleanTerm(parts.object)];
    if (subject === undefined || predicate === undefined || object === undefined) {
      omitted += 1;
      continue;
    }
    encoded.add(joinLine(subject, predicate, object));
    subjects.add(subject);
    if (predicate === muUuid) named.add(subject);
  }
  for (const subject of subjects) if (!named.has(subject)) encoded.add(joinLine(subject, muUuid, `"${uuidOf(subject.slice(1, -1))}"`));
  return { lines: encoded, omitted };
}

/** Whether the object is a text with a language: the real consumer loses the language of those in a dump. */
export function isTagged(line: string): boolean {
  const { object } = splitLine(line);
  return object.startsWith('"') && object.lastIndexOf('@') > object.lastIndexOf('"');
}
