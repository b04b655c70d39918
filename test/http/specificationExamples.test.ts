import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { ok } from './fixture.js';

const prefixes = `PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX dc: <http://purl.org/dc/elements/1.1/> PREFIX ns: <http://example.org/ns#>
PREFIX : <http://example.org/book/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX ex: <http://example/> PREFIX books: <http://books.example/>\n`;

const people = `_:a foaf:name "Alice" ; foaf:mbox <mailto:alice@example.com>, <mailto:alice@work.example> . _:b foaf:name "Bob" ; foaf:knows _:a .`;
const shop = `:book1 dc:title "SPARQL Tutorial" ; ns:price 42 ; ns:discount 0.2 . :book2 dc:title "The Semantic Web" ; ns:price 23 ; ns:discount 0.25 .`;
const cities = `ex:a ex:p 1, 2 ; ex:q 1, 2 . ex:b ex:p 3.0 ; ex:q 4.0, 5.0 .`;
const sales = `books:org1 books:affiliates books:auth1, books:auth2 . books:auth1 books:writesBook books:book1, books:book2 . books:book1 books:price 9 . books:book2 books:price 5 .
books:auth2 books:writesBook books:book3 . books:book3 books:price 7 . books:org2 books:affiliates books:auth3 . books:auth3 books:writesBook books:book4 . books:book4 books:price 7 .`;
const chain = `ex:x foaf:knows ex:y . ex:y foaf:knows ex:z . ex:z foaf:name "Zed" . ex:x rdf:type ex:C . ex:C rdfs:subClassOf ex:D .`;
const tagged = `ex:x ns:p "cat"@en . ex:y ns:p "42"^^xsd:integer . ex:z ns:p "abc"^^ns:special .`;

/** SPARQL 1.1 Query by section: data, query, the rows (or the answer) as CSV, sorted. Kinds of examples the text gives, sent as they are. */
const queries: readonly (readonly [section: string, data: string, query: string, rows: readonly string[]])[] = [
  ['2.1 a simple query', shop, 'SELECT ?title WHERE { :book1 dc:title ?title . }', ['SPARQL Tutorial']],
  ['2.2 several matches', people, 'SELECT ?name ?mbox WHERE { ?x foaf:name ?name . ?x foaf:mbox ?mbox }', ['Alice,mailto:alice@example.com', 'Alice,mailto:alice@work.example']],
  ['2.3.1 literals with a language', tagged, 'SELECT ?v WHERE { ?v ?p "cat" }', []],
  ['2.3.1 literals with a language, named', tagged, 'SELECT ?v WHERE { ?v ?p "cat"@en }', ['http://example/x']],
  ['2.3.2 numbers', tagged, 'SELECT ?v WHERE { ?v ?p 42 }', ['http://example/y']],
  ['2.3.3 datatypes', tagged, 'SELECT ?v WHERE { ?v ?p "abc"^^<http://example.org/ns#special> }', ['http://example/z']],
  ['2.5 expressions', people, 'SELECT ( CONCAT(?name, "!") AS ?n ) WHERE { ?p foaf:name ?name . FILTER(STRLEN(?name) = 3) }', ['Bob!']],
  ['3.1 regex', shop, 'SELECT ?title WHERE { ?x dc:title ?title FILTER regex(?title, "web", "i" ) }', ['The Semantic Web']],
  ['3.2 numeric filters', shop, 'SELECT ?title ?price WHERE { ?x ns:price ?price . FILTER (?price < 30.5) ?x dc:title ?title . }', ['The Semantic Web,23']],
  ['6.1 optional', people, 'SELECT ?name ?mbox WHERE { ?x foaf:name ?name . OPTIONAL { ?x foaf:mbox ?mbox } }', ['Alice,mailto:alice@example.com', 'Alice,mailto:alice@work.example', 'Bob,']],
  ['6.2 constraints in optional', shop, 'SELECT ?title ?price WHERE { ?x dc:title ?title . OPTIONAL { ?x ns:price ?price . FILTER (?price < 30) } }', ['SPARQL Tutorial,', 'The Semantic Web,23']],
  ['7 alternatives', `${shop} ex:x rdfs:label "Label" .`, 'SELECT ?title WHERE { { ?b dc:title ?title } UNION { ?b rdfs:label ?title } }', ['Label', 'SPARQL Tutorial', 'The Semantic Web']],
  ['8.1 not exists', people, 'SELECT ?n WHERE { ?p foaf:name ?n . FILTER NOT EXISTS { ?p foaf:mbox ?m } }', ['Bob']],
  ['8.3.2 fixed pattern', 'ex:a ex:b ex:c .', 'SELECT * { ?s ?p ?o FILTER NOT EXISTS { <http://example/a> <http://example/b> <http://example/c> } }', []],
  ['8.3.2 fixed pattern, minus', 'ex:a ex:b ex:c .', 'SELECT * { ?s ?p ?o MINUS { <http://example/a> <http://example/b> <http://example/c> } }', ['http://example/a,http://example/b,http://example/c']],
  ['8.3.3 inner filters', cities, 'SELECT ?x ?n WHERE { ?x ex:p ?n FILTER NOT EXISTS { ?x ex:q ?m . FILTER(?n = ?m) } }', ['http://example/b,3']],
  ['8.3.3 inner filters, minus', cities, 'SELECT ?x ?n WHERE { ?x ex:p ?n MINUS { ?x ex:q ?m . FILTER(?n = ?m) } }', ['http://example/a,1', 'http://example/a,2', 'http://example/b,3']],
  ['9.2 paths', chain, 'SELECT ?name WHERE { ex:x foaf:knows+/foaf:name ?name }', ['Zed']],
  ['9.2 paths of any length', chain, 'SELECT ?type { ex:x rdf:type/rdfs:subClassOf* ?type }', ['http://example/C', 'http://example/D']],
  ['9.3 negated property sets', chain, 'SELECT ?o { ex:x !(rdf:type|^rdf:type) ?o }', ['http://example/y']],
  ['10.1 bind', shop, 'SELECT ?title ?price { ?x ns:price ?p . ?x ns:discount ?discount . BIND (?p*(1-?discount) AS ?price) FILTER(?price < 20) ?x dc:title ?title . }', ['The Semantic Web,17.25']],
  ['10.2 values', shop, 'SELECT ?book ?title ?price { VALUES ?book { :book1 :book3 } ?book dc:title ?title ; ns:price ?price . }', ['http://example.org/book/book1,SPARQL Tutorial,42']],
  ['10.2 values after the query', shop, 'SELECT ?book ?title { ?book dc:title ?title } VALUES (?book ?title) { (UNDEF "SPARQL Tutorial") (:book2 UNDEF) }', ['http://example.org/book/book1,SPARQL Tutorial', 'http://example.org/book/book2,The Semantic Web']],
  ['11.1 aggregates', sales, 'SELECT (SUM(?lprice) AS ?totalPrice) WHERE { ?org books:affiliates ?auth . ?auth books:writesBook ?book . ?book books:price ?lprice . } GROUP BY ?org HAVING (SUM(?lprice) > 10)', ['21']],
  ['12 subqueries', 'ex:alice ex:knows ex:bob, ex:carol ; ex:name "Alice" . ex:bob ex:name "Bob", "B. Bar" . ex:carol ex:name "Carol" .', 'SELECT ?y ?minName WHERE { ex:alice ex:knows ?y . { SELECT ?y (MIN(?name) AS ?minName) WHERE { ?y ex:name ?name . } GROUP BY ?y } }', ['http://example/bob,B. Bar', 'http://example/carol,Carol']],
  ['15.1 order by', people, 'SELECT ?name WHERE { ?x foaf:name ?name } ORDER BY DESC(?name) LIMIT 1', ['Bob']],
  ['15.3 distinct', people, 'SELECT DISTINCT ?name WHERE { ?x foaf:name ?name ; foaf:mbox ?m }', ['Alice']],
  ['15.4, 15.5 limit and offset', people, 'SELECT ?name WHERE { ?x foaf:name ?name } ORDER BY ?name LIMIT 5 OFFSET 1', ['Bob']],
  ['16.3 ask', people, 'ASK { ?x foaf:name "Alice" ; foaf:mbox <mailto:alice@work.example> }', []],
  ['17.4.1 if, coalesce, in', shop, 'SELECT (IF(?p IN (42, 43), "duur", COALESCE(?geen, "goedkoop")) AS ?w) { ?x ns:price ?p }', ['duur', 'goedkoop']],
];

/** SPARQL 1.1 Update by section: the graph before, the update, the graph after. */
const updates: readonly (readonly [section: string, before: string, update: string, after: readonly string[]])[] = [
  ['3.1.1 insert data', 'ex:book1 ns:price 42 .', 'INSERT DATA { ex:book1 dc:title "A new book" ; dc:creator "A.N.Other" . }', ['42', 'A new book', 'A.N.Other']],
  ['3.1.2 delete data', 'ex:book2 ns:price 42 ; dc:title "David Copperfield" ; dc:creator "Edmund Wells" .', 'DELETE DATA { ex:book2 dc:title "David Copperfield" ; dc:creator "Edmund Wells" . }', ['42']],
  ['3.1.3 delete, insert', 'ex:p25 foaf:givenName "Bill" . ex:p26 foaf:givenName "Bill" .', 'DELETE { ?person foaf:givenName "Bill" } INSERT { ?person foaf:givenName "William" } WHERE { ?person foaf:givenName "Bill" }', ['William', 'William']],
  ['3.1.3.1 delete by a filter', 'ex:b1 dc:date "1948-01-01T00:00:00-02:00"^^xsd:dateTime . ex:b2 dc:title "Nieuw" .', 'DELETE { ?book ?p ?v } WHERE { ?book dc:date ?date . FILTER ( ?date < "2000-01-01T00:00:00-02:00"^^xsd:dateTime ) ?book ?p ?v }', ['Nieuw']],
  ['3.1.3.3 delete where', 'ex:w foaf:givenName "Fred" ; foaf:mbox <mailto:fred@example> . ex:v foaf:givenName "Jan" .', 'DELETE WHERE { ?person foaf:givenName "Fred"; ?property ?value }', ['Jan']],
  ['3.1.3 several operations', 'ex:a ex:p 1 .', 'DELETE DATA { ex:a ex:p 1 } ; PREFIX n: <http://example/n#> INSERT DATA { ex:a n:q 2 } ; INSERT { ?s ex:r 3 } WHERE { ?s n:q 2 }', ['2', '3']],
  ['3.1.3 a subquery in each graph', '', 'INSERT DATA { GRAPH ex:g1 { ex:a ex:p 1, 2 } GRAPH ex:g2 { ex:b ex:p 1 } } ; INSERT { ?g ex:n ?n } WHERE { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ex:p ?o } } FILTER(?g IN (ex:g1, ex:g2)) }', ['1', '2']],
  ['3.2 add, copy, move', 'ex:a ex:p 1 .', 'ADD DEFAULT TO <http://example/g> ; INSERT DATA { GRAPH <http://example/g> { ex:a ex:p 2 } } ; MOVE <http://example/g> TO DEFAULT', ['1', '2']],
];

describe('examples of the specifications', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start({ UNION_DEFAULT_GRAPH: 'false' });
  });
  after(() => service.stop());

  const put = (data: string): Promise<Response> => ok(service.ask('/graphs?default', { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle' }, body: prefixes + data }));
  const rows = async (query: string): Promise<readonly string[]> => (await (await ok(service.query(prefixes + query, { accept: 'text/csv' }))).text()).split('\r\n').slice(1, -1).toSorted();

  describe('SPARQL 1.1 Query', () => {
    for (const [section, data, query, expected] of queries) {
      it(section, async () => {
        await put(data);
        if (query.startsWith('ASK')) assert.deepEqual(await (await ok(service.query(prefixes + query))).json(), { head: {}, boolean: true });
        else assert.deepEqual(await rows(query), expected);
      });
    }

    it('16.2 construct, 16.4 describe', async () => {
      await put(people);
      const made = await (await ok(service.query(`${prefixes} CONSTRUCT { ?x foaf:firstname ?n . [] ns:of ?x } WHERE { ?x foaf:name ?n }`, { accept: 'application/n-triples' }))).text();
      assert.equal(made.match(/firstname> "(?:Alice|Bob)"/g)?.length, 2);
      assert.equal(new Set(made.match(/^_:\w+(?= <http:\/\/example.org\/ns#of>)/gm)).size, 2, 'a blank node for each solution');
      assert.match(await (await ok(service.query(`${prefixes} DESCRIBE ?x WHERE { ?x foaf:name "Alice" }`, { accept: 'text/turtle' }))).text(), /alice@work\.example/);
    });
  });

  describe('SPARQL 1.1 Update', () => {
    for (const [section, data, update, expected] of updates) {
      it(section, async () => {
        await put(data);
        await ok(service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: prefixes + update }));
        assert.deepEqual(await rows('SELECT ?o { ?s ?p ?o }'), expected);
      });
    }
  });

  describe('SPARQL 1.1 Federated Query', () => {
    it('2 our own endpoint, in a query and in an update', async () => {
      await put(people);
      const own = `${service.base}sparql`;
      assert.deepEqual(await rows(`SELECT ?n ?m { ?x foaf:name ?n SERVICE <${own}> { ?x foaf:mbox ?m } }`), ['Alice,mailto:alice@example.com', 'Alice,mailto:alice@work.example']);
      await ok(service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: `${prefixes} INSERT { ?x ns:of "ons" } WHERE { SERVICE <${own}> { ?x foaf:name "Bob" } }` }));
      assert.deepEqual(await rows('SELECT ?n { ?x ns:of "ons" ; foaf:name ?n }'), ['Bob']);
    });

    it('2.2 SERVICE SILENT of another: the rest is answered', async () => {
      await put(people);
      assert.deepEqual(await rows('SELECT ?n ?m { ?x foaf:name ?n SERVICE SILENT <http://elders.example/sparql> { ?x foaf:mbox ?m } }'), ['Alice,', 'Bob,']);
    });
  });
});
