import type { NamedNode, Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import { rdf, rg, sh, xsd } from '../rdf/prefixes.js';
import { blankNode, literal, namedNode, parseTermText, quad } from '../rdf/terms.js';
import type { Path } from './path.js';
import { parsePathText } from './pathSyntax.js';
import type { ValidationReport, ValidationResult } from '../graph/validation/report.js';

type Add = (subject: Quad_Subject, predicate: string, object: Quad_Object) => void;

/** What a person calls the thing and the field of a result, in the language of the request. */
export type ReportNames = (result: ValidationResult) => { readonly subject: string; readonly field?: string };

const type = rdf('type');

/**
 * The report as RDF (SHACL §3.6), with our own terms for what SHACL has none: the dataset a result is about, whether
 * the change brought it, the line in the file, and whether results were left out.
 */
export function reportToQuads(report: ValidationReport, names?: ReportNames): readonly Quad[] {
  const quads: Quad[] = [];
  const add: Add = (subject, predicate, object) => void quads.push(quad(subject, namedNode(predicate), object));
  const node = blankNode();
  add(node, type, namedNode(sh('ValidationReport')));
  add(node, sh('conforms'), boolean(report.conforms));
  if (report.truncated) add(node, rg('afgekapt'), boolean(true));
  for (const result of report.results) add(node, sh('result'), describe(result, add, names));
  return quads;
}

function describe(result: ValidationResult, add: Add, names: ReportNames | undefined): Quad_Subject {
  const node = blankNode();
  add(node, type, namedNode(sh('ValidationResult')));
  add(node, sh('focusNode'), parseTermText(result.focusNode));
  if (result.path !== undefined) add(node, sh('resultPath'), describePath(parsePathText(result.path), add));
  if (result.value !== undefined) add(node, sh('value'), parseTermText(result.value));
  add(node, sh('resultSeverity'), namedNode(result.severityIri ?? sh(result.severity)));
  add(node, sh('sourceConstraintComponent'), namedNode(result.component));
  add(node, sh('sourceShape'), parseTermText(result.shape));
  for (const [language, text] of Object.entries(result.messages)) add(node, sh('resultMessage'), literal(text, language));
  if (names) {
    const { subject, field } = names(result);
    add(node, rg('naamOnderwerp'), literal(subject));
    if (field !== undefined) add(node, rg('naamVeld'), literal(field));
  }
  add(node, rg('dataset'), namedNode(result.dataset));
  add(node, rg('herkomst'), namedNode(rg(result.origin === 'change' ? 'doorWijziging' : 'reedsAanwezig')));
  if (result.line !== undefined) add(node, rg('regelnummer'), literal(String(result.line), namedNode(xsd('integer'))));
  return node;
}

function describePath(path: Path, add: Add): Quad_Object & Quad_Subject {
  if (path.kind === 'predicate') return namedNode(path.iri.slice(1, -1));
  if (path.kind === 'sequence') return list(path.paths, add);
  const node = blankNode();
  add(node, sh(`${path.kind}Path`), 'paths' in path ? list(path.paths, add) : describePath(path.path, add));
  return node;
}

function list(paths: readonly Path[], add: Add): Quad_Object & Quad_Subject {
  let head: NamedNode | ReturnType<typeof blankNode> = namedNode(rdf('nil'));
  for (const path of paths.toReversed()) {
    const cell = blankNode();
    add(cell, rdf('first'), describePath(path, add));
    add(cell, rdf('rest'), head);
    head = cell;
  }
  return head;
}

function boolean(value: boolean): Quad_Object {
  return literal(String(value), namedNode(xsd('boolean')));
}
