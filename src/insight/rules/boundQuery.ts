import { Generator } from '@traqula/generator-sparql-1-1';
import type { TermText } from '../../rdf/termText.js';
import { astList, groupNode, is, isAst, isVariable, iriNode, rewrite, triplesOf, valuesNode, type Ast } from '../../validation/sparqlAst.js';
import type { ParsedSelect } from '../../validation/sparqlParse.js';

// A stand-in in the generated text; no rule of ours holds it.
const mark = 'urn:regiograaf:rule:this';
const generator = new Generator();

/**
 * Makes the query for a few nodes from that for all: a VALUES block in every group that has triples about `$this`, in
 * each branch and sub-SELECT, because the engine evaluates those on their own before it joins them.
 */
export function queryForNodes(query: ParsedSelect): (nodes: readonly TermText[]) => string {
  const text = generator.generate(
    rewrite(query, (node) => (is(node, 'query', 'select') && isAst(node['where']) ? { ...node, where: groupNode(bound(astList(node['where'], 'patterns'))) } : node)),
  );
  return (nodes) => text.replaceAll(`<${mark}>`, () => nodes.join(' '));
}

function bound(patterns: readonly Ast[]): readonly Ast[] {
  const inner = patterns.map((pattern): Ast => {
    if (is(pattern, 'pattern', 'group')) return groupNode(bound(astList(pattern, 'patterns')));
    if (is(pattern, 'pattern', 'union')) {
      return { ...pattern, patterns: astList(pattern, 'patterns').map((branch) => groupNode(bound(is(branch, 'pattern', 'group') ? astList(branch, 'patterns') : [branch]))) };
    }
    return pattern;
  });
  const about = patterns.filter((pattern) => is(pattern, 'pattern', 'bgp')).flatMap(triplesOf).some(({ subject, object }) => isVariable(subject, 'this') || isVariable(object, 'this'));
  return about ? [valuesNode('this', iriNode(mark)), ...inner] : inner;
}
