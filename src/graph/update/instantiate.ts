import { canonicalTerm } from '../../rdf/canonical.js';
import { defaultMaxTermLength, tooLong } from '../../rdf/check.js';
import { joinLine } from '../../rdf/nquads.js';
import { parseTermText, termText } from '../../rdf/terms.js';
import type { TermText } from '../../rdf/termText.js';
import type { QuadLine } from '../changeset.js';
import type { Row } from '../state.js';
import type { QuadTemplate, Slot } from './plan.js';

/** A quad a template made. */
export interface MadeQuad {
  readonly line: QuadLine;
  /** The object is a literal the engine gave: it may stand for exact forms the engine cannot tell apart. */
  readonly engineForm: boolean;
}

/** Makes quads from templates; one for each operation, which is the scope of blank node labels in solutions. */
export class Instantiator {
  readonly #defaultGraph: TermText;
  readonly #skolem: () => string;
  readonly #ofSolutions = new Map<string, TermText>();

  constructor({ defaultGraph, skolem }: { readonly defaultGraph: string; readonly skolem: () => string }) {
    this.#defaultGraph = `<${defaultGraph}>`;
    this.#skolem = skolem;
  }

  /**
   * The quads of one solution. A quad with an unbound variable or a term that may not stand there is left out
   * (SPARQL 1.1 Update §3.1.3); blank nodes of the templates are fresh for each solution (§4.2.3).
   * @throws Fault too-large for a value that no document may hold either.
   */
  *quads(templates: readonly QuadTemplate[], row: Row): Generator<MadeQuad> {
    const ofTemplate = new Map<string, TermText>();
    const blank = (known: Map<string, TermText>, label: string): TermText => {
      let text = known.get(label);
      if (text === undefined) known.set(label, (text = `<${this.#skolem()}>`));
      return text;
    };
    const resolve = (slot: Slot): TermText | undefined => {
      if (slot.kind === 'term') return slot.text;
      if (slot.kind === 'blank') return blank(ofTemplate, slot.label);
      return row.get(slot.name);
    };
    const node = (text: TermText): TermText => (text.startsWith('_:') ? blank(this.#ofSolutions, text) : text);
    for (const template of templates) {
      const subject = resolve(template.subject);
      const predicate = resolve(template.predicate);
      const object = resolve(template.object);
      const graph = template.graph === undefined ? this.#defaultGraph : resolve(template.graph);
      if (subject === undefined || isLiteral(subject) || !isIri(predicate) || object === undefined || !isIri(graph)) continue;
      if (object.length > defaultMaxTermLength && beyond(object)) throw tooLong(defaultMaxTermLength);
      const engineForm = template.object.kind === 'variable' && isLiteral(object);
      yield { line: joinLine(node(subject), predicate, engineForm ? canonical(object) : node(object), graph), engineForm };
    }
  }
}

function isLiteral(text: TermText): boolean {
  return text.startsWith('"');
}

/** Of a longer term text the escapes may be the reason. */
function beyond(text: TermText): boolean {
  return text.length > defaultMaxTermLength * 12 || parseTermText(text).value.length > defaultMaxTermLength;
}

function isIri(text: TermText | undefined): text is TermText {
  return text?.startsWith('<') === true;
}

/* Computed literals need not be in canonical form. */
function canonical(text: TermText): TermText {
  return termText(canonicalTerm(parseTermText(text)));
}
