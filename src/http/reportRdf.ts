import type { BlankNode, NamedNode, Quad, Quad_Object, Quad_Subject, Term } from '@rdfjs/types';
import { rdf, rdfs, rg, sh, xsd } from '../rdf/prefixes.js';
import { blankNode, literal, namedNode, parseTermText, quad } from '../rdf/terms.js';
import type { Path } from '../validation/path.js';
import type { ValidationReport, ValidationResult } from '../validation/report.js';
import { readPathText } from './pathText.js';

/** Writes quads one after the other; blank nodes are numbered within the report. */
class Writer {
  readonly quads: Quad[] = [];
  #count = 0;

  fresh(): BlankNode {
    this.#count += 1;
    return blankNode(`r${this.#count}`);
  }

  add(subject: Quad_Subject, predicate: string, object: Quad_Object): void {
    this.quads.push(quad(subject, namedNode(predicate), object));
  }

  list(items: readonly Quad_Object[]): Quad_Subject & Quad_Object {
    let rest: NamedNode | BlankNode = namedNode(rdf('nil'));
    for (const item of items.toReversed()) {
      const node = this.fresh();
      this.add(node, rdf('first'), item);
      this.add(node, rdf('rest'), rest);
      rest = node;
    }
    return rest;
  }

  /** SHACL §2.3.1. */
  path(path: Path): NamedNode | BlankNode {
    const node = (predicate: string, object: Quad_Object): BlankNode => {
      const made = this.fresh();
      this.add(made, predicate, object);
      return made;
    };
    switch (path.kind) {
      case 'predicate':
        return namedNode(path.iri.slice(1, -1));
      case 'sequence': {
        const list = this.list(path.paths.map((part) => this.path(part)));
        return list.termType === 'BlankNode' ? list : namedNode(list.value);
      }
      case 'alternative':
        return node(sh('alternativePath'), this.list(path.paths.map((part) => this.path(part))));
      default:
        return node(sh(`${path.kind}Path`), this.path(path.path));
    }
  }
}

function isResource(term: Term): term is NamedNode | BlankNode {
  return term.termType === 'NamedNode' || term.termType === 'BlankNode';
}

function addResult(writer: Writer, report: BlankNode, result: ValidationResult): void {
  const node = writer.fresh();
  writer.add(report, sh('result'), node);
  writer.add(node, rdf('type'), namedNode(sh('ValidationResult')));
  writer.add(node, sh('focusNode'), parseTermText(result.focusNode));
  writer.add(node, sh('resultSeverity'), namedNode(result.severityIri ?? sh(result.severity)));
  writer.add(node, sh('sourceConstraintComponent'), namedNode(result.component));
  const shape = parseTermText(result.shape);
  if (isResource(shape)) writer.add(node, sh('sourceShape'), shape);
  const path = result.path === undefined ? undefined : readPathText(result.path);
  if (path) writer.add(node, sh('resultPath'), writer.path(path));
  if (result.value !== undefined) writer.add(node, sh('value'), parseTermText(result.value));
  for (const [language, text] of Object.entries(result.messages)) writer.add(node, sh('resultMessage'), literal(text, language === '' ? undefined : language));
  writer.add(node, rg('dataset'), namedNode(result.dataset));
  if (result.origin === 'existing') writer.add(node, rdfs('comment'), literal('Was al zo voor deze wijziging.', 'nl'));
  if (result.line !== undefined && result.line > 0) writer.add(node, rg('regel'), literal(String(result.line), namedNode(xsd('integer'))));
}

/** A report as RDF (SHACL §3.6). Dataset and line of the file are added in our own terms. */
export function reportQuads(report: ValidationReport): readonly Quad[] {
  const writer = new Writer();
  const node = writer.fresh();
  writer.add(node, rdf('type'), namedNode(sh('ValidationReport')));
  writer.add(node, sh('conforms'), literal(String(report.conforms), namedNode(xsd('boolean'))));
  for (const result of report.results) addResult(writer, node, result);
  return writer.quads;
}
