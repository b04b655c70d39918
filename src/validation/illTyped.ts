import type { QuadLine } from '../graph/changeset.js';
import { shrink, sh, xsd } from '../rdf/prefixes.js';
import { isWellFormed } from '../rdf/lexical/wellFormed.js';
import { splitLine } from '../rdf/nquads.js';
import { parseTermText } from '../rdf/terms.js';
import type { FreshResult } from './results.js';

/** Names the rule in reports; it belongs to no file, because SHACL has no shape for every value of a graph. */
const rule = '<https://w3id.org/regiograaf/shapes#WaardeVanDatatype>';
const marker = `"^^<${xsd('')}`;

/** Types whose values people write in another way, with one as it should be. */
const examples: ReadonlyMap<string, string> = new Map([
  [xsd('date'), '2021-12-31'],
  [xsd('dateTime'), '2021-12-31T14:30:00'],
  [xsd('gYear'), '2021'],
  [xsd('gYearMonth'), '2021-12'],
  [xsd('time'), '14:30:00'],
  [xsd('decimal'), '1234.50'],
  [xsd('boolean'), 'true'],
]);

/**
 * The result for a quad whose value is none of its datatype, like `"2020-13-45"^^xsd:date`. RDF allows such a literal
 * (RDF 1.1 Concepts §3.3), but nobody means it, and no shape would have to notice.
 */
export function illTyped(line: QuadLine, dataset: string): FreshResult | undefined {
  if (!line.includes(marker)) return undefined;
  const { subject, predicate, object } = splitLine(line);
  const term = parseTermText(object);
  if (term.termType !== 'Literal' || isWellFormed(term.value, term.datatype.value)) return undefined;
  const name = shrink(term.datatype.value) ?? term.datatype.value;
  const example = examples.get(term.datatype.value);
  return {
    focusNode: subject,
    path: predicate,
    value: object,
    severity: 'Violation',
    component: sh('DatatypeConstraintComponent'),
    shape: rule,
    messages: {
      nl: `“${term.value}” is geen waarde van ${name}${example === undefined ? ': verbeter de waarde, of kies een ander datatype' : `: schrijf ze zoals ${example}`}.`,
      en: `“${term.value}” is no value of ${name}${example === undefined ? ': correct the value, or choose another datatype' : `: write it as in ${example}`}.`,
    },
    dataset,
  };
}

/** What identifies a value of a node, to say a thing once. */
export function valueKey({ focusNode, value }: Pick<FreshResult, 'focusNode' | 'value'>): string {
  return `${focusNode} ${value ?? ''}`;
}
