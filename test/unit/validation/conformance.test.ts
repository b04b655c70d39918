import assert from 'node:assert/strict';
import { short, validateDocument } from './fixture.js';

interface Case {
  readonly name: string;
  /** Constraints of a node shape with the target nodes `a` and `b`, unless `shapes` is given. */
  readonly on?: string;
  readonly shapes?: string;
  readonly data: string;
  readonly expect: readonly string[];
}

const property = (constraints: string): string => `sh:property [ sh:path ex:p ; ${constraints} ]`;

const cases: readonly Case[] = [
  // Targets (SHACL §2.1.3)
  { name: 'sh:targetNode, also for a node without triples', shapes: 'ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .', data: 'ex:z ex:q 1 .', expect: ['a MinCount'] },
  { name: 'sh:targetNode may be a literal', shapes: 'ex:S sh:targetNode "lang" ; sh:maxLength 3 .', data: '', expect: ['"lang" MaxLength "lang"'] },
  { name: 'sh:targetClass with subclasses, through cycles', shapes: 'ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .', data: 'ex:C rdfs:subClassOf ex:D . ex:D rdfs:subClassOf ex:C . ex:a a ex:D . ex:b a ex:E .', expect: ['a MinCount'] },
  { name: 'implicit class target', shapes: 'ex:C a rdfs:Class, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .', data: 'ex:a a ex:C . ex:b a ex:D .', expect: ['a MinCount'] },
  { name: 'implicit class target by a subclass of rdfs:Class in the shapes', shapes: 'owl:Class rdfs:subClassOf rdfs:Class . ex:C a owl:Class, sh:NodeShape ; sh:nodeKind sh:Literal .', data: 'ex:a a ex:C .', expect: ['a NodeKind a'] },
  { name: 'sh:targetSubjectsOf', shapes: 'ex:S sh:targetSubjectsOf ex:q ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .', data: 'ex:a ex:q ex:b .', expect: ['a MinCount'] },
  { name: 'sh:targetObjectsOf, nodes and literals', shapes: 'ex:S sh:targetObjectsOf ex:q ; sh:nodeKind sh:IRI .', data: 'ex:a ex:q ex:b, 5 .', expect: ['"5"^^<http://www.w3.org/2001/XMLSchema#integer> NodeKind "5"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'a property shape with a target of its own', shapes: 'ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:maxCount 1 .', data: 'ex:a ex:p 1, 2 .', expect: ['a MaxCount'] },
  { name: 'sh:deactivated on the shape', on: `sh:deactivated true ; ${property('sh:minCount 1')}`, data: '', expect: [] },
  { name: 'sh:deactivated on a property shape', on: property('sh:minCount 1 ; sh:deactivated true'), data: '', expect: [] },
  { name: 'shapes in the data are ignored', on: property('sh:maxCount 1'), data: 'ex:T a sh:NodeShape ; sh:targetNode ex:a ; sh:nodeKind sh:Literal .', expect: [] },

  // Value types (§4.1)
  { name: 'sh:class', on: property('sh:class ex:C'), data: 'ex:a ex:p ex:x, ex:y, "t" . ex:x a ex:D . ex:D rdfs:subClassOf ex:C .', expect: ['a Class "t"', 'a Class y'] },
  { name: 'sh:class several times', on: property('sh:class ex:C, ex:D'), data: 'ex:a ex:p ex:x . ex:x a ex:C .', expect: ['a Class x'] },
  { name: 'sh:datatype with ill-formed literals', on: property('sh:datatype xsd:integer'), data: 'ex:a ex:p 1, "x"^^xsd:integer, "1", ex:x .', expect: ['a Datatype "1"', 'a Datatype "x"^^<http://www.w3.org/2001/XMLSchema#integer>', 'a Datatype x'] },
  { name: 'sh:datatype of a date that does not exist', on: property('sh:datatype xsd:date'), data: 'ex:a ex:p "2021-02-28"^^xsd:date, "2021-13-01"^^xsd:date .', expect: ['a Datatype "2021-13-01"^^<http://www.w3.org/2001/XMLSchema#date>'] },
  { name: 'sh:datatype keeps derived types apart', on: property('sh:datatype xsd:nonNegativeInteger'), data: 'ex:a ex:p "1"^^xsd:nonNegativeInteger, 2 .', expect: ['a Datatype "2"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'sh:datatype rdf:langString', on: property('sh:datatype rdf:langString'), data: 'ex:a ex:p "x"@nl, "y" .', expect: ['a Datatype "y"'] },
  { name: 'sh:nodeKind sh:IRI', on: property('sh:nodeKind sh:IRI'), data: 'ex:a ex:p ex:x, "l" .', expect: ['a NodeKind "l"'] },
  { name: 'sh:nodeKind sh:BlankNodeOrLiteral', on: property('sh:nodeKind sh:BlankNodeOrLiteral'), data: 'ex:a ex:p ex:x, "l", [ ] .', expect: ['a NodeKind x'] },
  { name: 'sh:nodeKind sh:BlankNode', on: property('sh:nodeKind sh:BlankNode'), data: 'ex:a ex:p [ ex:q 1 ], "l" .', expect: ['a NodeKind "l"'] },

  // Cardinality (§4.2), ranges (§4.3)
  { name: 'sh:minCount and sh:maxCount', on: property('sh:minCount 1 ; sh:maxCount 1'), data: 'ex:a ex:p 1, 2 .', expect: ['a MaxCount', 'b MinCount'] },
  { name: 'sh:minInclusive over numeric types', on: property('sh:minInclusive 2'), data: 'ex:a ex:p 1.5, 2.0, 3e0, "x", ex:y .', expect: ['a MinInclusive "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', 'a MinInclusive "x"', 'a MinInclusive y'] },
  { name: 'sh:maxExclusive with integers beyond doubles', on: property('sh:maxExclusive 9007199254740993'), data: 'ex:a ex:p 9007199254740992, 9007199254740993 .', expect: ['a MaxExclusive "9007199254740993"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'sh:minExclusive and sh:maxInclusive', on: property('sh:minExclusive 1 ; sh:maxInclusive 2'), data: 'ex:a ex:p 1, 2, 3 .', expect: ['a MaxInclusive "3"^^<http://www.w3.org/2001/XMLSchema#integer>', 'a MinExclusive "1"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'a date-time without time zone cannot be compared with one that has it', on: property('sh:maxExclusive "2020-01-01T00:00:00Z"^^xsd:dateTime'), data: 'ex:a ex:p "2019-01-01T00:00:00"^^xsd:dateTime, "2019-12-31T23:00:00+02:00"^^xsd:dateTime .', expect: ['a MaxExclusive "2019-01-01T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'] },
  { name: 'dates and years', on: property('sh:minInclusive "2020-02-01"^^xsd:date'), data: 'ex:a ex:p "2020-01-31"^^xsd:date, "2020-02-01"^^xsd:date, "2021"^^xsd:gYear .', expect: ['a MinInclusive "2020-01-31"^^<http://www.w3.org/2001/XMLSchema#date>', 'a MinInclusive "2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'] },

  // Strings (§4.4)
  { name: 'sh:minLength and sh:maxLength count code points, of IRIs too, never of blank nodes', on: property('sh:minLength 2 ; sh:maxLength 3'), data: 'ex:a ex:p "😀", "😀😀😀", <x:abc>, [ ] .', expect: ['a MaxLength <x:abc>', 'a MaxLength _', 'a MinLength "😀"', 'a MinLength _'] },
  { name: 'sh:pattern', on: property('sh:pattern "^[0-9]{4}$"'), data: 'ex:a ex:p "1234", "12345", 1234 .', expect: ['a Pattern "12345"'] },
  { name: 'sh:pattern with sh:flags i', on: property('sh:pattern "^ab" ; sh:flags "i"'), data: 'ex:a ex:p "ABc", "b" .', expect: ['a Pattern "b"'] },
  { name: 'sh:pattern with sh:flags q and x', on: `${property('sh:pattern "a.c" ; sh:flags "q"')} ; ${property('sh:pattern "a b" ; sh:flags "x"')}`, data: 'ex:a ex:p "abc" . ex:b ex:p "ab a.c" .', expect: ['a Pattern "abc"'] },
  { name: 'sh:pattern with classes of XPath', on: property('sh:pattern "^\\\\i\\\\c*$"'), data: 'ex:a ex:p "straat-1", "1straat" .', expect: ['a Pattern "1straat"'] },
  { name: 'sh:languageIn matches ranges, not prefixes', on: property('sh:languageIn ( "nl" "EN" )'), data: 'ex:a ex:p "a"@nl, "b"@nl-BE, "c"@nlx, "d"@en, "e" .', expect: ['a LanguageIn "c"@nlx', 'a LanguageIn "e"'] },
  { name: 'sh:uniqueLang', on: property('sh:uniqueLang true'), data: 'ex:a ex:p "a"@nl, "b"@NL, "c"@en, "d", "e" . ex:b ex:p "a"@nl .', expect: ['a UniqueLang'] },
  { name: 'sh:uniqueLang false', on: property('sh:uniqueLang false'), data: 'ex:a ex:p "a"@nl, "b"@nl .', expect: [] },

  // Pairs (§4.5)
  { name: 'sh:equals in a property shape', on: property('sh:equals ex:q'), data: 'ex:a ex:p 1, 2 ; ex:q 2, 3 .', expect: ['a Equals "1"^^<http://www.w3.org/2001/XMLSchema#integer>', 'a Equals "3"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'sh:equals in a node shape', on: 'sh:equals ex:q', data: 'ex:a ex:q ex:a . ex:b ex:q ex:x .', expect: ['b Equals b', 'b Equals x'] },
  { name: 'sh:disjoint', on: `sh:disjoint ex:q ; ${property('sh:disjoint ex:q')}`, data: 'ex:a ex:p 1, 2 ; ex:q 2 . ex:b ex:q ex:b .', expect: ['a Disjoint "2"^^<http://www.w3.org/2001/XMLSchema#integer>', 'b Disjoint b'] },
  { name: 'sh:lessThan', on: property('sh:lessThan ex:q'), data: 'ex:a ex:p 1, 5 ; ex:q 5 . ex:b ex:p "x" ; ex:q 1 .', expect: ['a LessThan "5"^^<http://www.w3.org/2001/XMLSchema#integer>', 'b LessThan "x"'] },
  { name: 'sh:lessThan orders strings by code point', on: property('sh:lessThan ex:q'), data: 'ex:a ex:p "Z" ; ex:q "a" .', expect: [] },
  { name: 'sh:lessThanOrEquals, language strings cannot be compared', on: property('sh:lessThanOrEquals ex:q'), data: 'ex:a ex:p 5 ; ex:q 5 . ex:b ex:p "a"@nl ; ex:q "b"@nl .', expect: ['b LessThanOrEquals "a"@nl'] },

  // Logic (§4.6)
  { name: 'sh:not', on: 'sh:not [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]', data: 'ex:a ex:p 1 .', expect: ['a Not a'] },
  { name: 'sh:and', on: 'sh:and ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )', data: 'ex:a ex:p 1 . ex:b ex:p 1 ; ex:q 1 .', expect: ['a And a'] },
  { name: 'sh:and in a property shape checks each value', on: property('sh:and ( [ sh:nodeKind sh:IRI ] [ sh:path ex:q ; sh:minCount 1 ] )'), data: 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 .', expect: ['a And y'] },
  { name: 'sh:or', on: property('sh:or ( [ sh:datatype xsd:string ] [ sh:class ex:C ] )'), data: 'ex:a ex:p "s", 1, ex:x . ex:x a ex:C .', expect: ['a Or "1"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'sh:xone', on: 'sh:xone ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )', data: 'ex:a ex:p 1 ; ex:q 1 . ex:b ex:p 1 .', expect: ['a Xone a'] },
  { name: 'a warning inside sh:not still means non-conformance', on: 'sh:not [ sh:severity sh:Warning ; sh:nodeKind sh:Literal ]', data: '', expect: [] },

  // Shape-based (§4.7)
  { name: 'sh:node', shapes: 'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:T ] . ex:T sh:property [ sh:path ex:q ; sh:minCount 1 ] .', data: 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 .', expect: ['a Node y'] },
  { name: 'sh:property below sh:property', on: property('sh:property [ sh:path ex:q ; sh:minCount 1 ]'), data: 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 .', expect: ['y MinCount'] },
  { name: 'more than 50 checks of the same node', on: property('sh:node [ sh:property [ sh:path ex:q ; sh:node ex:T ] ]'), shapes: 'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:node ex:T ] ] ] . ex:T sh:nodeKind sh:Literal .', data: `ex:a ex:p ${Array.from({ length: 60 }, (_, index) => `ex:x${index}`).join(', ')} . ${Array.from({ length: 60 }, (_, index) => `ex:x${index} ex:q ex:y .`).join(' ')}`, expect: Array.from({ length: 60 }, (_, index) => `a Node x${index}`).toSorted() },
  { name: 'sh:qualifiedValueShape with minimum and maximum', on: property('sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1'), data: 'ex:a ex:p ex:x . ex:b ex:p ex:y, ex:z . ex:y a ex:C . ex:z a ex:C .', expect: ['a QualifiedMinCount', 'b QualifiedMaxCount'] },
  { name: 'sh:qualifiedValueShapesDisjoint', on: `${property('sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1')} ; ${property('sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1')}`, data: 'ex:a ex:p ex:x . ex:x a ex:C, ex:D . ex:b ex:p ex:y, ex:z . ex:y a ex:C . ex:z a ex:D .', expect: ['a QualifiedMinCount', 'a QualifiedMinCount'] },

  // Other (§4.8)
  { name: 'sh:closed with sh:ignoredProperties', on: `sh:closed true ; sh:ignoredProperties ( rdf:type ) ; ${property('sh:maxCount 5')}`, data: 'ex:a a ex:C ; ex:p 1 ; ex:q 2 .', expect: ['a Closed "2"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'sh:hasValue', on: `sh:hasValue ex:a ; ${property('sh:hasValue "x"')}`, data: 'ex:a ex:p "x" . ex:b ex:p "y" .', expect: ['b HasValue', 'b HasValue'] },
  { name: 'sh:in', on: property('sh:in ( ex:x "1" 2 )'), data: 'ex:a ex:p ex:x, "1", 1, 2 .', expect: ['a In "1"^^<http://www.w3.org/2001/XMLSchema#integer>'] },
  { name: 'an empty sh:in allows nothing', on: 'sh:in ( )', data: '', expect: ['a In a', 'b In b'] },

  // Paths (§2.3.1)
  { name: 'sequence path', on: 'sh:property [ sh:path ( ex:p ex:q ) ; sh:maxCount 1 ]', data: 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 . ex:y ex:q 1, 2 . ex:b ex:p ex:x .', expect: ['a MaxCount'] },
  { name: 'alternative path counts each value once', on: 'sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:maxCount 1 ]', data: 'ex:a ex:p 1 ; ex:q 1 . ex:b ex:p 1 ; ex:q 2 .', expect: ['b MaxCount'] },
  { name: 'inverse path', on: 'sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ]', data: 'ex:x ex:p ex:a .', expect: ['b MinCount'] },
  { name: 'inverse of a sequence and of a closure', on: 'sh:property [ sh:path [ sh:inversePath ( ex:p [ sh:zeroOrMorePath ex:q ] ) ] ; sh:minCount 1 ]', data: 'ex:x ex:p ex:m . ex:m ex:q ex:n . ex:n ex:q ex:a .', expect: ['b MinCount'] },
  { name: 'zero or more, through cycles', on: 'sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:maxCount 2 ]', data: 'ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:b .', expect: ['a MaxCount'] },
  { name: 'one or more comes back to the start of a cycle', on: 'sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:disjoint ex:self ]', data: 'ex:a ex:p ex:x ; ex:self ex:a . ex:x ex:p ex:a . ex:b ex:p ex:x ; ex:self ex:b .', expect: ['a Disjoint a'] },
  { name: 'zero or one', on: 'sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:maxCount 1 ]', data: 'ex:a ex:p ex:x .', expect: ['a MaxCount'] },
  { name: 'a chain of 5,000 nodes', on: 'sh:property [ sh:path [ sh:oneOrMorePath ex:next ] ; sh:maxCount 4999 ]', data: Array.from({ length: 5_000 }, (_, index) => `${index === 0 ? 'ex:a' : `ex:n${index}`} ex:next ex:n${index + 1} .`).join('\n'), expect: ['a MaxCount'] },
];

describe('SHACL Core', function () {
  for (const { name, on, shapes, data, expect } of cases) {
    it(name, async () => {
      const report = await validateDocument(shapes ?? `ex:S a sh:NodeShape ; sh:targetNode ex:a, ex:b ; ${on} .`, data);
      assert.deepEqual(report.results.map(short).map((text) => text.replaceAll(/_:\S+/g, '_')).toSorted(), [...expect].toSorted());
      assert.equal(report.conforms, expect.length === 0);
    });
  }

  it('gives severity, path and every language of the messages', async () => {
    const { results } = await validateDocument(
      `ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Vul {$minCount} in"@nl, "Fill in {$minCount}"@en ] ;
       sh:property [ sh:path ex:r ; sh:minCount 1 ; sh:severity ex:Ernstig ; sh:name "naam"@nl, "name"@en ] .`,
      '',
    );
    const [first, second] = results.toSorted((a, b) => (a.severity > b.severity ? -1 : 1));
    assert.ok(first && second);
    assert.deepEqual([first.severity, first.path], ['Warning', '<http://example.org/p>/(^<http://example.org/q>)']);
    assert.deepEqual(first.messages, { nl: 'Vul 1 in', en: 'Fill in 1' });
    assert.deepEqual([second.severity, second.severityIri], ['Violation', 'http://example.org/Ernstig']);
    assert.deepEqual(second.messages, { nl: '“naam” ontbreekt: vul dit in.', en: '“name” is missing: fill it in.' });
  });

  it('gives the same answer again and again on one instance', async () => {
    const shapes = 'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ] .';
    const bad = await validateDocument(shapes, 'ex:a ex:p ex:x .');
    const good = await validateDocument(shapes, 'ex:a ex:p ex:x . ex:x ex:q 1 .');
    assert.deepEqual([bad.results.length, good.results.length], [1, 0]);
  });
});
