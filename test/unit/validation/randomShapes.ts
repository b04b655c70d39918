import fc from 'fast-check';

/** Turtle of random shapes: every target kind, path kind and component, SPARQL-based constraints among them. */
const node = fc.integer({ min: 0, max: 5 }).map((number) => `ex:n${number}`);
const predicate = fc.constantFrom('ex:p', 'ex:q', 'ex:r');
const className = fc.constantFrom('ex:C', 'ex:D', 'ex:E');
const literal = fc.constantFrom('1', '2', '3', '"a"', '"b"@nl', '"c"@en', '"2020-01-01"^^xsd:date');
const term = fc.oneof(node, literal);
const count = fc.integer({ min: 0, max: 3 });

const path: fc.Arbitrary<string> = fc.letrec<{ path: string }>((tie) => ({
  path: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    predicate,
    predicate,
    tie('path').map((inner) => `[ sh:inversePath ${inner} ]`),
    fc.tuple(tie('path'), tie('path')).map(([a, b]) => `( ${a} ${b} )`),
    fc.tuple(tie('path'), tie('path')).map(([a, b]) => `[ sh:alternativePath ( ${a} ${b} ) ]`),
    fc.tuple(fc.constantFrom('zeroOrMorePath', 'oneOrMorePath', 'zeroOrOnePath'), tie('path')).map(([kind, inner]) => `[ sh:${kind} ${inner} ]`),
    fc.constant('rdf:type'),
  ),
})).path;

/** Queries whose patterns hang together with `$this` in different ways, some not at all. */
const selects = [
  'SELECT $this ?value WHERE { $this ex:p ?value . ?other ex:p ?value . FILTER(?other != $this) }',
  'SELECT $this WHERE { $this ex:p/ex:q ?x . FILTER NOT EXISTS { ?x ex:r ?y } }',
  'SELECT $this ?value WHERE { $this ex:p ?z . OPTIONAL { ?z ex:q ?value } }',
  'SELECT $this WHERE { OPTIONAL { ?z ex:q ?y } $this ex:p ?z }',
  'SELECT $this WHERE { $this ex:p ?z . { OPTIONAL { ?z ex:q ?y } } }',
  'SELECT $this WHERE { $this ex:p ?z . { ?z ex:q ?w FILTER NOT EXISTS { ?z ex:r ?k } } }',
  'SELECT $this WHERE { ?x ex:r ?y . FILTER(?x != $this) }',
  'SELECT $this WHERE { { $this ex:p ?x } UNION { ?x ex:q $this } ?x a ex:C }',
  'SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p|ex:q ?x . ?x ex:r+ ?y } GROUP BY $this HAVING (COUNT(?x) > 1)',
  'SELECT $this WHERE { FILTER NOT EXISTS { $this ^ex:p [ a/rdfs:subClassOf* ex:D ] } }',
  'SELECT $this ?value WHERE { { SELECT $this ?value WHERE { $this ?k ?value . ?value ex:q ?u } } }',
  'SELECT $this WHERE { $this !(ex:p|rdf:type) ?x . ?y ?any ?x . FILTER(isIRI(?y)) }',
  'SELECT $this WHERE { BIND(EXISTS { ?w ex:p $this . ?w ex:q ?v } AS ?found) FILTER(?found) }',
];
const select = fc.constantFrom(...selects).map((text) => `sh:sparql [ sh:prefixes ex:prefixes ; sh:select """${text}""" ]`);
const pathSelect = fc.constant('sh:sparql [ sh:prefixes ex:prefixes ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value . ?value ex:q ?x }" ]');

const constraints = fc.letrec<{ any: string; property: string; many: string; shape: string }>((tie) => ({
  shape: tie('many').map((text) => `[ ${text} ]`),
  many: fc.array(fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('any'), tie('property')), { minLength: 1, maxLength: 2 }).map((list) => [...new Set(list)].join(' ; ')),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('sh:nodeKind sh:IRI', 'sh:nodeKind sh:BlankNodeOrLiteral', 'sh:minLength 20', 'sh:maxLength 4', 'sh:datatype xsd:integer', 'sh:minInclusive 2', 'sh:maxExclusive 2'),
    fc.constantFrom('sh:pattern "n[0-2]$"', 'sh:pattern "[AB]" ; sh:flags "i"', 'sh:languageIn ( "nl" )', 'sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )', 'sh:closed true'),
    className.map((name) => `sh:class ${name}`),
    fc.tuple(fc.constantFrom('equals', 'disjoint'), predicate).map(([kind, name]) => `sh:${kind} ${name}`),
    term.map((value) => `sh:hasValue ${value}`),
    fc.array(term, { maxLength: 4 }).map((list) => `sh:in ( ${list.join(' ')} )`),
    tie('shape').map((shape) => `sh:not ${shape}`),
    tie('shape').map((shape) => `sh:node ${shape}`),
    fc.tuple(fc.constantFrom('and', 'or', 'xone'), tie('shape'), tie('shape')).map(([kind, a, b]) => `sh:${kind} ( ${a} ${b} )`),
    select,
  ),
  property: fc
    .tuple(
      path,
      fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        count.map((number) => `sh:minCount ${number}`),
        count.map((number) => `sh:maxCount ${number}`),
        fc.constant('sh:uniqueLang true'),
        fc.tuple(fc.constantFrom('lessThan', 'lessThanOrEquals'), predicate).map(([kind, name]) => `sh:${kind} ${name}`),
        fc.tuple(tie('shape'), count, fc.boolean()).map(([shape, number, disjoint]) => `sh:qualifiedValueShape ${shape} ; sh:qualifiedMinCount ${number} ; sh:qualifiedMaxCount 2 ; sh:qualifiedValueShapesDisjoint ${disjoint}`),
        tie('any'),
        tie('any'),
        tie('property'),
        pathSelect,
      ),
    )
    .map(([way, text]) => `sh:property [ sh:path ${way} ; ${text} ]`),
}));

const target = fc.oneof(
  className.map((name) => `sh:targetClass ${name}`),
  node.map((name) => `sh:targetNode ${name}`),
  predicate.map((name) => `sh:targetSubjectsOf ${name}`),
  predicate.map((name) => `sh:targetObjectsOf ${name}`),
);

const severity = fc.constantFrom('', ' ; sh:severity sh:Warning', ' ; sh:deactivated true', '', '');

export const randomShapes: fc.Arbitrary<string> = fc
  .array(fc.tuple(target, constraints.many, severity, fc.boolean()), { minLength: 1, maxLength: 3 })
  .map((shapes) =>
    [
      'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ], [ sh:prefix "rdfs" ; sh:namespace "http://www.w3.org/2000/01/rdf-schema#"^^xsd:anyURI ], [ sh:prefix "rdf" ; sh:namespace "http://www.w3.org/1999/02/22-rdf-syntax-ns#"^^xsd:anyURI ] .',
      // A class that is a shape: implicit class target.
      ...shapes.map(([aim, text, weight, implicit], index) => (implicit && index === 0 ? `ex:C a rdfs:Class, sh:NodeShape ; ${text}${weight} .` : `ex:S${index} ${aim} ; ${text}${weight} .`)),
    ].join('\n'),
  );
