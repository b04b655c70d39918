import type { GraphState } from '../graph/state.js';
import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { batches } from './batches.js';
import type { Step } from './path.js';

/** For so many nodes at once answers are kept: with more the same one is hardly asked twice. */
const fewNodes = 50;
/** Nodes that more quads than this point at are asked about predicate by predicate. */
const fewReferences = 100;

type Reached = Map<TermText, TermText[]>;

/**
 * Steps along predicates in one state, of which many paths take the same ones: what was asked about a few nodes is not
 * asked again. To be thrown away when the state changes.
 */
export class Steps {
  readonly #state: GraphState;
  readonly #forward = new Map<TermText, Reached>();
  readonly #backward = new Map<TermText, Reached>();
  /** Nodes of which everything is known that points at them. */
  readonly #surrounded = new Set<TermText>();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Asks once for all that points at these nodes, whatever the predicate. */
  surround(nodes: Iterable<TermText>): void {
    const wanted = [...new Set(nodes)].filter((node) => node.startsWith('<') && !this.#surrounded.has(node));
    if (wanted.length === 0 || wanted.length > fewNodes) return;
    const lines = this.#state.fewByObjects?.(fewReferences, wanted);
    if (!lines) return;
    for (const line of lines) {
      const { subject, predicate, object } = splitLine(line);
      add(reachedBy(this.#backward, predicate), object, subject);
    }
    for (const node of wanted) this.#surrounded.add(node);
  }

  readonly step: Step = (nodes, predicate, forward) => {
    if (nodes.size > fewNodes) return this.#ask(nodes, predicate, forward);
    const known = reachedBy(forward ? this.#forward : this.#backward, predicate);
    const unknown = new Set([...nodes].filter((node) => !this.#knows(node, known, forward)));
    if (unknown.size > 0) {
      for (const node of unknown) known.set(node, []);
      this.#remember(known, this.#lines([...unknown], predicate, forward), forward);
    }
    return reached(nodes, known);
  };

  /** What the step backwards reaches, or undefined when more than about `most` quads stand in between. */
  fewBack(most: number, nodes: ReadonlySet<TermText>, predicate: TermText): ReadonlySet<TermText> | undefined {
    if (nodes.size > most) return undefined;
    const known = reachedBy(this.#backward, predicate);
    const unknown = [...nodes].filter((node) => !this.#knows(node, known, false));
    if (unknown.length > 0) {
      if (!this.#state.fewByObjects) return this.step(nodes, predicate, false);
      const lines = this.#state.fewByObjects(most, unknown, predicate);
      if (!lines) return undefined;
      for (const node of unknown) known.set(node, []);
      this.#remember(known, lines, false);
    }
    return reached(nodes, known);
  }

  #knows(node: TermText, known: Reached, forward: boolean): boolean {
    return known.has(node) || (!forward && this.#surrounded.has(node));
  }

  #remember(known: Reached, lines: Iterable<string>, forward: boolean): void {
    for (const line of lines) {
      const { subject, object } = splitLine(line);
      if (forward) add(known, subject, object);
      else add(known, object, subject);
    }
  }

  #ask(nodes: ReadonlySet<TermText>, predicate: TermText, forward: boolean): ReadonlySet<TermText> {
    const found = new Set<TermText>();
    for (const part of batches(nodes, 1000)) {
      for (const line of this.#lines(part, predicate, forward)) found.add(forward ? splitLine(line).object : splitLine(line).subject);
    }
    return found;
  }

  #lines(nodes: readonly TermText[], predicate: TermText, forward: boolean): readonly string[] {
    return forward ? this.#state.bySubjects('any', nodes.filter((node) => !node.startsWith('"')), predicate) : this.#state.byObjects('any', nodes, predicate);
  }
}

function reachedBy(index: Map<TermText, Reached>, predicate: TermText): Reached {
  let known = index.get(predicate);
  if (!known) index.set(predicate, (known = new Map()));
  return known;
}

function reached(nodes: ReadonlySet<TermText>, known: Reached): ReadonlySet<TermText> {
  const found = new Set<TermText>();
  for (const node of nodes) for (const next of known.get(node) ?? []) found.add(next);
  return found;
}

function add(known: Reached, from: TermText, to: TermText): void {
  const list = known.get(from);
  if (list) list.push(to);
  else known.set(from, [to]);
}
