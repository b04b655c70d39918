import { splitLine } from '../../rdf/nquads.js';
import { terms } from './terms.js';

/** The statements of a page by subject and predicate. */
export class PageStatements {
  readonly #objects = new Map<string, string[]>();
  readonly lines: readonly ReturnType<typeof splitLine>[];

  constructor(body: string) {
    this.lines = body.split('\n').flatMap((line) => (line === '' ? [] : [splitLine(line)]));
    for (const { subject, predicate, object, graph } of this.lines) {
      if (graph !== '') continue;
      const key = `${subject} ${predicate}`;
      const known = this.#objects.get(key);
      if (known) known.push(object);
      else this.#objects.set(key, [object]);
    }
  }

  all(subject: string, predicate: string): readonly string[] {
    return this.#objects.get(`${subject} <${predicate}>`) ?? [];
  }

  subjectsOf(predicate: string): readonly string[] {
    return this.lines.flatMap((line) => (line.predicate === `<${predicate}>` ? [line.subject] : []));
  }
}

/** The text of a literal. */
export function text(literal: string | undefined): string | undefined {
  return literal?.slice(1, literal.lastIndexOf('"'));
}

/** From when and until when the members of a page are. */
export interface Interval {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** A page that another one leads to. */
export interface Linked {
  readonly target: string;
  readonly interval: Interval;
}

/** Where a page leads to. `report` hears of relations that are not as TREE wants them. */
export function linksOf(statements: PageStatements, url: string, time: string, report: (what: string) => void): readonly Linked[] {
  const bounds = new Map<string, { from?: string; until?: string }>();
  for (const relation of statements.all(`<${url}>`, terms.tree('relation'))) {
    const [node, ...nodes] = statements.all(relation, terms.tree('node'));
    const [type] = statements.all(relation, terms.rdf('type'));
    const values = statements.all(relation, terms.tree('value'));
    const paths = statements.all(relation, terms.tree('path'));
    if (node === undefined || nodes.length > 0 || values.length !== 1 || paths.length !== 1 || paths[0] !== `<${time}>`) report(relation);
    if (node === undefined) continue;
    const target = node.slice(1, -1);
    let known = bounds.get(target);
    if (!known) bounds.set(target, (known = {}));
    const bound = text(values[0]) ?? '';
    if (type === `<${terms.tree('GreaterThanOrEqualToRelation')}>` && known.from === undefined) known.from = bound;
    else if (type === `<${terms.tree('LessThanRelation')}>` && known.until === undefined) known.until = bound;
    else report(`${type ?? 'no type'} twice or unknown for ${target}`);
  }
  return [...bounds].map(([target, { from, until }]) => ({ target, interval: { from, until } }));
}
