import assert from 'node:assert/strict';
import { parameters } from '../../../src/validation/components.js';
import { defaultMessage } from '../../../src/validation/messages.js';
import { pathText } from '../../../src/validation/path.js';
import { parsePathText } from '../../../src/validation/pathSyntax.js';
import type { ValidationReport } from '../../../src/graph/validation/report.js';
import { reportToQuads } from '../../../src/validation/reportQuads.js';
import { ShapesGraph } from '../../../src/validation/shapesGraph.js';
import { ex, quadsOf, validateDocument } from './fixture.js';
import rdfIsomorphic from 'rdf-isomorphic';

const report: ValidationReport = {
  conforms: false,
  truncated: true,
  counts: { Violation: 2, Warning: 0, Info: 0 },
  results: [
    {
      focusNode: `<${ex}gent>`,
      path: `<${ex}naam>/(^<${ex}van>)`,
      value: '"Gent"@nl',
      severity: 'Violation',
      component: 'http://www.w3.org/ns/shacl#MinCountConstraintComponent',
      shape: `<${ex}S>`,
      messages: { nl: 'Vul dit in.', en: 'Fill this in.' },
      dataset: `${ex}actoren`,
      origin: 'existing',
      line: 7,
    },
  ],
};

describe('validation report', () => {
  it('is RDF as SHACL has it, with the path as a structure', async () => {
    const expected = await quadsOf(`
      [] a sh:ValidationReport ; sh:conforms false ; <https://w3id.org/regiograaf/ns#afgekapt> true ; sh:result [
        a sh:ValidationResult ; sh:focusNode ex:gent ; sh:resultPath ( ex:naam [ sh:inversePath ex:van ] ) ; sh:value "Gent"@nl ;
        sh:resultSeverity sh:Violation ; sh:sourceConstraintComponent sh:MinCountConstraintComponent ; sh:sourceShape ex:S ;
        sh:resultMessage "Vul dit in."@nl, "Fill this in."@en ; <https://w3id.org/regiograaf/ns#dataset> ex:actoren ;
        <https://w3id.org/regiograaf/ns#herkomst> <https://w3id.org/regiograaf/ns#reedsAanwezig> ; <https://w3id.org/regiograaf/ns#regelnummer> 7 ] .`);
    assert.ok(rdfIsomorphic.isomorphic([...reportToQuads(report)], expected));
  });

  it('writes paths of every kind so that they can be read back', async () => {
    const turtle = 'ex:x ex:y [ sh:inversePath ( ex:a [ sh:alternativePath ( ex:b [ sh:zeroOrMorePath [ sh:oneOrMorePath ex:c ] ] ) ] [ sh:zeroOrOnePath ( ex:d ex:e ) ] ) ] .';
    const graph = new ShapesGraph(await quadsOf(turtle));
    const path = graph.path(graph.value(`<${ex}x>`, `<${ex}y>`) ?? '');
    assert.deepEqual(parsePathText(pathText(path)), path);
  });
});

describe('messages', () => {
  it('exist in Dutch and English for every component', () => {
    const without = new Set(['property', 'flags', 'ignoredProperties', 'qualifiedValueShape', 'qualifiedValueShapesDisjoint', 'sparql']);
    const general = defaultMessage('SPARQLConstraintComponent', { parameters: {} });
    for (const { name } of parameters.values()) {
      if (without.has(name)) continue;
      const component = `http://www.w3.org/ns/shacl#${name[0]?.toUpperCase()}${name.slice(1)}ConstraintComponent`;
      const { nl, en } = defaultMessage(component, { field: { nl: 'veld', en: 'field' }, value: 'waarde', parameters: { [name]: '3' } });
      assert.ok(nl.length > 10 && en.length > 10 && nl !== en, name);
      assert.notEqual(nl, general.nl, name);
      assert.doesNotMatch(nl + en, /undefined|NaN/, name);
    }
  });

  it('name the field, the value and what is expected, without addresses', async () => {
    const { results } = await validateDocument(
      'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:jaar ; sh:name "startjaar"@nl ; sh:datatype xsd:gYear ], [ sh:path ex:van ; sh:class ex:Actor ], [ sh:path ex:fase ; sh:in ( ex:lopend ex:afgerond ) ], [ sh:path ex:t ; sh:uniqueLang true ] .',
      'ex:a ex:jaar "vorig jaar" ; ex:van ex:Gent ; ex:fase ex:klaar ; ex:t "a"@nl, "b"@nl .',
    );
    assert.deepEqual(results.map(({ messages }) => messages['nl']).toSorted(), [
      '“fase” is geen van de toegelaten waarden (lopend, afgerond); gevonden: klaar.',
      '“startjaar” moet een jaartal zijn; gevonden: vorig jaar.',
      '“t” heeft meer dan één tekst in de taal nl; behoud er één.',
      '“van” moet verwijzen naar iets van de soort Actor; gevonden: Gent.',
    ]);
  });

  it('of sh:node tell what is wrong inside', async () => {
    const { results } = await validateDocument('ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:adres ; sh:node ex:Adres ] . ex:Adres sh:name "een adres"@nl ; sh:property [ sh:path ex:straat ; sh:minCount 1 ] .', 'ex:a ex:adres ex:b .');
    assert.equal(results[0]?.messages['nl'], '“adres” voldoet niet aan de regels voor een adres; gevonden: b. “straat” ontbreekt: vul dit in.');
  });
});
