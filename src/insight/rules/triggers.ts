import { prefixes } from '../../rdf/prefixes.js';
import type { Read } from '../../validation/reads.js';
import { rdfType } from '../../validation/shapesGraph.js';

const namespaces: ReadonlyMap<string, string> = new Map(Object.entries(prefixes));

/**
 * The declared triggers of a rule, checked against what it reads: a property or class that is read but not declared
 * would make the heading lie about when the rule runs.
 */
export function checkTriggers(declared: string, reads: readonly Read[], refuse: (reason: string) => Error): ReadonlySet<string> | undefined {
  if (declared === 'full') return undefined;
  const names = new Set(declared.split(/\s+/u).map((name) => expanded(name, refuse)));
  const missing = new Set<string>();
  for (const { predicate, object } of reads) {
    if (predicate === undefined) throw refuse('it reads triples of any property: its trigger has to be full');
    const trigger = predicate === rdfType && object !== undefined ? object : predicate;
    if (!names.has(trigger)) missing.add(trigger);
  }
  if (missing.size > 0) throw refuse(`it reads ${[...missing].join(', ')}, which the triggers do not name`);
  return names;
}

function expanded(name: string, refuse: (reason: string) => Error): string {
  const [prefix = '', local = ''] = name.split(':');
  const namespace = namespaces.get(prefix);
  if (namespace === undefined) throw refuse(`the prefix of ${name} is not known`);
  return `<${namespace}${local}>`;
}
