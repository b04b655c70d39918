import { readdirSync } from 'node:fs';
import { DataFactory, Store as QuadStore, type Quad, type Term } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { resource } from '../../../src/resources.js';
import { asker, readTurtle } from './seed.js';

const sh = 'http://www.w3.org/ns/shacl#';
const { namedNode } = DataFactory;

export const shapes: QuadStore = new QuadStore(
  readdirSync(resource('shapes'))
    .toSorted()
    .filter((file) => file.endsWith('.ttl'))
    .flatMap((file) => readTurtle(resource('shapes', file))),
);

export interface Finding {
  readonly shape: string;
  readonly focus: string;
  readonly severity: string;
}

const isRule = (quad: Quad): boolean => quad.predicate.value === `${sh}sparql`;
const core = new SHACLValidator(new QuadStore(shapes.getQuads(null, null, null, null).filter((quad) => !isRule(quad))));

function value(subject: Term, predicate: string): string {
  return shapes.getObjects(subject, namedNode(sh + predicate), null)[0]?.value ?? '';
}

const prefixes = shapes
  .getObjects(null, namedNode(`${sh}declare`), null)
  .map((declaration) => `PREFIX ${value(declaration, 'prefix')}: <${value(declaration, 'namespace')}>\n`)
  .join('');

function findRules(data: readonly Quad[]): Finding[] {
  const ask = asker(data, prefixes);
  return shapes.getQuads(null, null, null, null).filter(isRule).flatMap(({ subject, object }) => {
    const target = value(subject, 'targetClass');
    const select = value(object, 'select').replaceAll('$this', '?this').replace('WHERE {', `WHERE { ?this a <${target}> .`);
    const focus = new Set(ask(select).map((row) => row['this'] ?? ''));
    return [...focus].map((node) => ({ shape: subject.value, focus: node, severity: value(subject, 'severity').slice(sh.length) }));
  });
}

/** Results of our shapes over these quads: SHACL Core by rdf-validate-shacl, the rules in SPARQL by the engine. */
export async function findings(data: readonly Quad[]): Promise<Finding[]> {
  const report = await core.validate(new QuadStore([...data]));
  return [
    ...report.results.map((result) => ({
      shape: result.sourceShape?.value ?? '',
      focus: result.focusNode?.value ?? '',
      severity: result.severity?.value.slice(sh.length) ?? '',
    })),
    ...findRules(data),
  ];
}
