import { Generator } from '@traqula/generator-sparql-1-1';
import { Parser } from '@traqula/parser-sparql-1-1';
import type { Text } from '../../faults.js';
import type { QuadTemplate, Slot } from '../../graph/update/plan.js';
import type { TermText } from '../../rdf/termText.js';
import type { Read } from '../../validation/reads.js';
import { astList, astText, constantText, is, isAst, isVariable, iriNode, rewrite, triplesOf, variableNode, type Ast } from '../../validation/sparqlAst.js';
import { parseSelect } from '../../validation/sparqlParse.js';
import { selectReads } from '../../validation/sparqlReads.js';
import { queryForNodes } from './boundQuery.js';
import { checkTriggers } from './triggers.js';

/** One rule of `vocab/rules`: what holds for `$this`, made from what is asserted. */
export interface Rule {
  readonly name: string;
  readonly title: Text;
  readonly explanation: string;
  /** Classes and properties a change of which makes the rule run; undefined: any (`full`). */
  readonly triggers: ReadonlySet<string> | undefined;
  /** Triples the solutions for one `$this` depend on. */
  readonly reads: readonly Read[];
  /** The predicates of what it derives; no other rule derives them. */
  readonly derives: readonly TermText[];
  readonly templates: readonly QuadTemplate[];
  /** SELECT of what the templates need, for everything. */
  readonly all: string;
  /** The same for these nodes. */
  forNodes(nodes: readonly TermText[]): string;
}

/** Why a rule cannot be used; the text names the file. */
export class BadRule extends Error {
  override readonly name = 'BadRule';
}

const parser = new Parser();
const generator = new Generator();
const heading = /^# (titel|title|uitleg|triggers): (.+)$/gmu;

/** Reads the text of a rule file. @throws BadRule that says what is wrong. */
export function readRule(name: string, text: string, base: string): Rule {
  const refuse = (reason: string): BadRule => new BadRule(`vocab/rules/${name}.rq: ${reason}`);
  const { titel, title, uitleg, triggers } = Object.fromEntries([...text.matchAll(heading)].map(([, key, value]) => [key, value?.trim() ?? '']));
  if (!titel || !title || !uitleg || !triggers) throw refuse('the heading lacks titel, title, uitleg or triggers');
  try {
    const construct = resolved(parser.parse(text), base);
    if (!is(construct, 'query', 'construct') || !isAst(construct['template']) || !isAst(construct['where'])) throw refuse('not a CONSTRUCT query');
    const templates = triplesOf(construct['template']).map(({ subject, predicate, object }) => ({ subject: slotOf(subject), predicate: slotOf(predicate), object: slotOf(object) }));
    const derives = new Set<TermText>();
    for (const { subject, predicate, object } of templates) {
      if (predicate.kind !== 'term') throw refuse('a template needs a fixed predicate: it says which rule a triple is of');
      if (!isThis(subject) && !isThis(object)) throw refuse('every template must be about $this');
      if (derives.has(predicate.text)) throw refuse(`it derives ${predicate.text} twice: a triple must come from one $this`);
      derives.add(predicate.text);
    }
    if (templates.length === 0) throw refuse('it derives nothing');
    const names = new Set(['this', ...templates.flatMap(({ subject, object }) => [subject, object].flatMap((slot) => (slot.kind === 'variable' ? [slot.name] : [])))]);
    const { where, datasets } = construct;
    const variables = [...names].map(variableNode);
    const select = rewrite(parser.parse('SELECT DISTINCT * {}'), (node) => (is(node, 'query', 'select') ? { ...node, variables, where, datasets } : node));
    const query = parseSelect(generator.generate(select), undefined);
    const reads = selectReads(query);
    return {
      name,
      title: { nl: titel, en: title },
      explanation: uitleg,
      triggers: checkTriggers(triggers, reads, refuse),
      reads,
      derives: [...derives],
      templates,
      all: generator.generate(query),
      forNodes: queryForNodes(query),
    };
  } catch (error) {
    if (error instanceof BadRule) throw error;
    throw refuse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function isThis(slot: Slot): boolean {
  return slot.kind === 'variable' && slot.name === 'this';
}

function slotOf(node: Ast): Slot {
  if (isVariable(node)) return { kind: 'variable', name: astText(node, 'value') };
  const text = constantText(node);
  if (text === undefined) throw new Error('a template may hold IRIs and variables only');
  return { kind: 'term', text };
}

/** The query without prefixes and relative IRIs. */
function resolved(query: unknown, base: string): unknown {
  const names = new Map<string, string>();
  if (isAst(query)) for (const item of astList(query, 'context')) if (isAst(item['value'])) names.set(astText(item, 'key'), astText(item['value'], 'value'));
  return rewrite(query, (node) => {
    if (is(node, 'contextDef')) return [];
    if (!is(node, 'term', 'namedNode')) return node;
    const value = astText(node, 'value');
    if (typeof node['prefix'] === 'string') return iriNode((names.get(node['prefix']) ?? '') + value);
    return iriNode(new URL(value, base).href);
  });
}
