const prefixes = `PREFIX adms: <http://www.w3.org/ns/adms#> PREFIX org: <http://www.w3.org/ns/org#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rg: <https://w3id.org/regiograaf/ns#> PREFIX actor: <http://localhost:3000/id/actor/> PREFIX helix: <https://w3id.org/regiograaf/id/concept/helix/>
`;

export interface BenchQuery {
  readonly name: string;
  readonly kind: 'solutions' | 'boolean' | 'graph';
  readonly text: string;
}

function query(name: string, text: string, kind: BenchQuery['kind'] = 'solutions'): BenchQuery {
  return { name, kind, text: prefixes + text };
}

/** Ten kinds of question; answers do not depend on the engine's order of rows. */
export const queries: readonly BenchQuery[] = [
  query('point lookup', 'SELECT ?p ?o { actor:o42 ?p ?o }'),
  query('star of five patterns', 'SELECT ?s ?name ?home ?class { ?s a org:Organization ; rg:helix helix:burgers ; skos:prefLabel ?name ; <http://xmlns.com/foaf/0.1/homepage> ?home ; org:classification ?class . FILTER(LANG(?name) = "nl") }'),
  query('join of two hops', 'SELECT ?member ?number { ?m org:organization actor:o100 ; org:member ?member . ?member adms:identifier/skos:notation ?number }'),
  query('optional', 'SELECT ?s ?name ?chair { ?s rg:helix helix:overheid ; skos:altLabel ?name . OPTIONAL { ?m org:organization ?s ; org:role <https://w3id.org/regiograaf/id/concept/rol/voorzitter> ; org:member ?chair } }'),
  query('filter with regex', 'SELECT ?s ?name { ?s skos:prefLabel ?name . FILTER(REGEX(?name, "7 van (Gent|Brugge)$")) }'),
  query('group and count', 'SELECT ?class (COUNT(?s) AS ?n) { ?s org:classification ?class } GROUP BY ?class'),
  query('order and limit', 'SELECT ?s ?number { ?s skos:notation ?number } ORDER BY DESC(?number) LIMIT 20'),
  query('path of any length', 'SELECT DISTINCT ?other { actor:o170 (^org:member/org:organization)+ ?other }'),
  query('construct', 'CONSTRUCT { ?member org:memberOf ?body } { ?m org:member ?member ; org:organization ?body ; org:role <https://w3id.org/regiograaf/id/concept/rol/secretaris> }', 'graph'),
  query('ask', 'ASK { ?s skos:notation "0000000000" }', 'boolean'),
];
