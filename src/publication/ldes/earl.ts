import type { Quad, Term } from '@rdfjs/types';
import { blankNode, literal, namedNode, quad } from '../../rdf/terms.js';
import { lintRules, type LintReport, type LintRule } from './lintRules.js';
import { terms } from './terms.js';

const earl = (name: string): string => `http://www.w3.org/ns/earl#${name}`;

/** The outcome of a check as EARL 1.0: one assertion per rule. `label` tells apart the reports of a document. */
export function earlQuads(base: string, root: string, { findings, pages, members, whole }: LintReport, checked: Date, label: string): Quad[] {
  const quads: Quad[] = [];
  const add = (subject: Quad['subject'], predicate: string, object: Term & Quad['object']): void => void quads.push(quad(subject, namedNode(predicate), object));
  const subject = namedNode(root);
  add(subject, terms.rdf('type'), namedNode(earl('TestSubject')));
  for (const rule of Object.keys(lintRules) as LintRule[]) {
    const test = namedNode(`${base}ldes#${rule}`);
    const assertion = blankNode(`a-${label}-${rule}`);
    const result = blankNode(`r-${label}-${rule}`);
    const found = findings.filter((finding) => finding.rule === rule);
    add(test, terms.rdf('type'), namedNode(earl('TestCriterion')));
    add(test, terms.dct('description'), literal(lintRules[rule], 'en'));
    add(assertion, terms.rdf('type'), namedNode(earl('Assertion')));
    add(assertion, earl('assertedBy'), namedNode(base));
    add(assertion, earl('mode'), namedNode(earl('automatic')));
    add(assertion, earl('subject'), subject);
    add(assertion, earl('test'), test);
    add(assertion, earl('result'), result);
    add(result, terms.rdf('type'), namedNode(earl('TestResult')));
    add(result, earl('outcome'), namedNode(earl(found.length === 0 ? 'passed' : 'failed')));
    add(result, terms.dct('date'), literal(checked.toISOString(), namedNode(terms.xsd('dateTime'))));
    add(result, earl('info'), literal(`${pages} pages, ${members} members${whole ? '' : ', the first and the last pages only'}`, 'en'));
    for (const { page, what } of found.slice(0, 10)) add(result, terms.dct('description'), literal(`${page}: ${what}`, 'en'));
  }
  return quads;
}
