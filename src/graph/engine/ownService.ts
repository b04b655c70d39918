import { Fault } from '../../faults.js';
import type { ClauseIri } from './sparqlSyntax.js';
import { group, replace, type SyntaxNode } from './syntaxNodes.js';

export interface ServiceOptions {
  /** The address of our own endpoint; none where a text reads another dataset than that gives. */
  readonly endpoint: string | undefined;
  readonly resolve: (iri: ClauseIri) => string;
}

/** The address of the endpoint of an installation. */
export function endpointOf(base: string): string {
  return `${base}sparql`;
}

/**
 * Answers every SERVICE without asking anybody (SPARQL 1.1 Federated Query §2): our own endpoint sees what the query
 * sees, so that its pattern is a group of the query; any other fails, and a SERVICE SILENT that fails is one solution
 * that binds nothing (§2.2). False where there is none.
 * @throws Fault address-refused.
 */
export function answerServices(tree: object, options: ServiceOptions): boolean {
  return answered(tree, options, false);
}

function answered(tree: unknown, options: ServiceOptions, inGraph: boolean): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  const node = tree as SyntaxNode;
  const isService = node['type'] === 'pattern' && node['subType'] === 'service';
  if (isService) {
    const refused = refusal(node, options, inGraph);
    if (refused && node['silent'] !== true) throw refused;
    replace(node, group(refused ? [] : (node['patterns'] as readonly unknown[])));
  }
  const within = inGraph || (node['type'] === 'pattern' && node['subType'] === 'graph');
  let changed = isService;
  for (const [key, value] of Object.entries(node)) if (key !== 'loc') changed = answered(value, options, within) || changed;
  return changed;
}

function refusal({ name }: SyntaxNode, { endpoint, resolve }: ServiceOptions, inGraph: boolean): Fault | undefined {
  const { subType, value } = name as SyntaxNode;
  if (subType === 'variable') {
    return new Fault('address-refused', {
      nl: `SERVICE ?${String(value)} kan niet: deze dienst bevraagt geen andere eindpunten binnen een vraag.`,
      en: `SERVICE ?${String(value)} is not possible: this service queries no other endpoints within a query.`,
    });
  }
  const iri = resolve(name as ClauseIri);
  if (iri.replace(/\/$/u, '') !== endpoint) {
    return new Fault('address-refused', {
      nl: `SERVICE <${iri.slice(0, 200)}> wordt niet bevraagd: deze dienst bevraagt geen andere eindpunten binnen een vraag. Met SERVICE SILENT gaat de vraag zonder die gegevens verder; een programma als Comunica kan ons met andere eindpunten samen bevragen.`,
      en: `SERVICE <${iri.slice(0, 200)}> is not queried: this service queries no other endpoints within a query. With SERVICE SILENT the query goes on without its data; a program such as Comunica can query us together with other endpoints.`,
    });
  }
  if (!inGraph) return undefined;
  return new Fault('address-refused', {
    nl: `SERVICE <${iri}> is deze dienst zelf, en kan niet binnen GRAPH staan: zet het daarbuiten.`,
    en: `SERVICE <${iri}> is this service itself, and cannot stand within GRAPH: put it outside.`,
  });
}
