import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { isWellFormed } from '../../../src/rdf/lexical/wellFormed.js';
import { resource } from '../../../src/resources.js';
import { asker, base, datasets, isAdopted, isPublic, seedQuads } from './seed.js';

const prefixes = `
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX bec: <http://data.vlaanderen.be/id/concept/BestuurseenheidClassificatieCode/>
PREFIX besluit: <http://data.vlaanderen.be/ns/besluit#>
PREFIX dbo: <http://dbpedia.org/ontology/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organisatie: <https://data.vlaanderen.be/ns/organisatie#>
PREFIX orgaan: <${base}id/orgaan/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX regorg: <http://www.w3.org/ns/regorg#>
PREFIX rg: <https://w3id.org/regiograaf/ns#>
PREFIX rol: <https://w3id.org/regiograaf/id/concept/rol/>
PREFIX schemas: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX status: <https://w3id.org/regiograaf/id/concept/organisatiestatus/>
PREFIX subs2: <https://data.vlaanderen.be/ns/subsidie#>
`;

const storeOf = (slugs: readonly string[]) => asker(slugs.flatMap((slug) => seedQuads(slug)), prefixes);
const adopted = storeOf(datasets.filter(isAdopted).map(({ slug }) => slug));
const everything = storeOf(datasets.map(({ slug }) => slug));
const column = (rows: Record<string, string>[], name: string): string[] => rows.map((row) => row[name] ?? '').toSorted();

describe('data/datasets.json', () => {
  it('lists files that exist, each slug once, with texts in Dutch and English', () => {
    for (const { file, title, description } of datasets) {
      assert(existsSync(resource('data', file)), file);
      assert.deepEqual([Object.keys(title), Object.keys(description)], [['nl', 'en'], ['nl', 'en']], file);
    }
    assert.equal(new Set(datasets.map(({ slug }) => slug)).size, datasets.length);
  });

  it('names a source that the documents dataset describes', () => {
    const documents = new Set(seedQuads('bronnen').map(({ subject }) => subject.value));
    for (const { source } of datasets) if (source?.startsWith('id/')) assert(documents.has(base + source), source);
  });
});

describe('values of the seed', () => {
  it('are values of their datatype: the service refuses others', () => {
    const wrong = datasets.flatMap(({ slug }) => seedQuads(slug)).filter(({ object }) => object.termType === 'Literal' && !isWellFormed(object.value, object.datatype.value));
    assert.deepEqual(wrong.map(({ subject, object }) => `${subject.value} ${object.value}`), []);
  });
});

describe('local governments of Flanders', () => {
  const current = '?unit regorg:orgStatus status:actief ; org:classification bec:5ab0e9b8a3b2ca7c5e000001 .';

  it('are 285 current municipalities and 5 provinces', () => {
    assert.equal(adopted(`SELECT ?unit { ${current} }`).length, 285);
    assert.equal(adopted('SELECT ?unit { ?unit org:classification bec:5ab0e9b8a3b2ca7c5e000000 }').length, 5);
  });

  it('were 300 until 31 December 2024', () => {
    const then = adopted(`SELECT DISTINCT ?unit {
      ?unit org:classification bec:5ab0e9b8a3b2ca7c5e000001 .
      OPTIONAL { ?unit rg:geldigTot ?end }
      FILTER (!BOUND(?end) || ?end = "2024-12-31"^^<http://www.w3.org/2001/XMLSchema#date>)
      FILTER NOT EXISTS { ?merger org:resultingOrganization ?unit ; dct:date "2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date> . FILTER NOT EXISTS { ?merger org:originalOrganization ?unit } }
    }`);
    assert.equal(then.length, 300);
  });

  it('keep the 34 merged municipalities, each leading to its successor', () => {
    const merged = adopted('SELECT ?unit ?next { ?unit rg:geldigTot ?end ; org:changedBy ?merger . ?merger a organisatie:Fusie ; org:originalOrganization ?unit ; org:resultingOrganization ?next }');
    assert.equal(merged.length, 34);
    assert.deepEqual(adopted('SELECT ?name { ?old skos:prefLabel "Kortessem"@nl ; org:changedBy/org:resultingOrganization/skos:prefLabel ?name }'), [{ name: 'Hasselt' }]);
  });

  it('have 20 mergers: 7 in 2019 and 13 in 2025', () => {
    const years = adopted('SELECT (STR(YEAR(<http://www.w3.org/2001/XMLSchema#dateTime>(CONCAT(STR(?day), "T00:00:00")))) AS ?year) { ?merger a organisatie:Fusie ; dct:date ?day }');
    assert.equal(years.filter(({ year }) => year === '2019').length, 7);
    assert.equal(years.filter(({ year }) => year === '2025').length, 13);
  });

  it('each have one KBO, OVO and NIS number of their own', () => {
    for (const agency of ['KBO', 'OVO']) {
      const numbers = column(adopted(`SELECT ?number { ${current} ?unit adms:identifier [ adms:schemaAgency "${agency}" ; skos:notation ?number ] }`), 'number');
      assert.equal(numbers.length, 285, agency);
      assert.equal(new Set(numbers).size, 285, agency);
    }
    const codes = column(adopted(`SELECT ?code { ${current} ?unit besluit:werkingsgebied [ skos:inScheme <http://vocab.belgif.be/auth/refnis2025> ; skos:notation ?code ] }`), 'code');
    assert.equal(new Set(codes).size, 285);
  });

  it('have valid KBO and OVO numbers', () => {
    for (const { number } of adopted('SELECT ?number { ?i adms:schemaAgency "KBO" ; skos:notation ?number }')) {
      assert.match(number ?? '', /^[01]\d{9}$/);
      assert.equal(97 - (Number(number?.slice(0, 8)) % 97), Number(number?.slice(8)), number);
    }
    for (const { number } of adopted('SELECT ?number { ?i adms:schemaAgency "OVO" ; skos:notation ?number }')) assert.match(number ?? '', /^OVO\d{6}$/);
  });

  it('do not include the 19 of Brussels', () => {
    assert.deepEqual(adopted('SELECT ?unit { ?unit besluit:werkingsgebied ?area . FILTER (REGEX(STR(?area), "/21[0-9]{3}$")) }'), []);
  });

  it('name the 13 centrumsteden', () => {
    assert.deepEqual(
      column(adopted('SELECT ?name { ?list skos:prefLabel "De 13 centrumsteden"@nl ; skos:member/skos:prefLabel ?name }'), 'name'),
      ['Aalst', 'Antwerpen', 'Brugge', 'Genk', 'Gent', 'Hasselt', 'Kortrijk', 'Leuven', 'Mechelen', 'Oostende', 'Roeselare', 'Sint-Niklaas', 'Turnhout'],
    );
  });
});

describe('statements of the documents', () => {
  it('the Smart Region Office has three members; proposals stay out', () => {
    const members = (ask: typeof adopted) => new Set(column(ask('SELECT ?name { ?m org:organization orgaan:sro ; org:role rol:lid ; org:member/skos:prefLabel ?name }'), 'name'));
    assert.deepEqual([...members(adopted)], ['Agentschap Binnenlands Bestuur', 'Agentschap Innoveren en Ondernemen', 'Digitaal Vlaanderen']);
    assert(members(everything).has('Kenniscentrum Vlaamse Steden'));
  });

  it('cabinets sit on the Board of 2022, ministers on that of 2023, side by side', () => {
    const seats = adopted('SELECT ?who ?doc { ?m org:organization orgaan:srb ; org:role rol:politiek-lid ; rg:namens ?who ; prov:wasDerivedFrom/dct:isPartOf ?doc }');
    assert.equal(seats.filter(({ who, doc }) => who?.includes('/actor/kabinet-') && doc?.endsWith('/med-2022')).length, 3);
    assert.equal(seats.filter(({ who, doc }) => who?.includes('/post/') && doc?.endsWith('/strategienota')).length, 3);
  });

  it('ten projects of City of Things 2021, with their cities', () => {
    const cities = column(adopted(`SELECT ?project ?name { ?project dct:isPartOf <${base}id/oproep/cot-2021> ; rg:leidendeOrganisatie/skos:prefLabel ?name }`), 'name');
    assert.deepEqual(cities, ['Brugge', 'Geel', 'Halle', 'Hasselt', 'Hasselt', 'Hasselt', 'Mechelen', 'Oostende', 'Roeselare', 'Roeselare']);
  });

  it('four tranches add up to the grant of Smart Flanders', () => {
    const [sum] = adopted(`SELECT (SUM(?paid) AS ?sum) (COUNT(?t) AS ?count) { ?t dct:requires <${base}id/toekenning/smart-flanders> ; subs2:uitgekeerdBedrag/schemas:value ?paid }`);
    assert.deepEqual(sum, { sum: '1000000', count: '4' });
  });

  it('every statement leads to a place in a document', () => {
    const kinds = ['org:Membership', 'rg:Activiteit', 'dbo:Project', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement>', '<http://data.europa.eu/m8g/Participation>'];
    for (const kind of kinds) {
      const loose = everything(`SELECT ?node { ?node a ${kind} FILTER NOT EXISTS { ?node prov:wasDerivedFrom/dct:isPartOf/dct:title ?title } }`);
      assert.deepEqual(loose, [], kind);
    }
  });

  it('every place referred to is described', () => {
    assert.deepEqual(everything('SELECT DISTINCT ?place { ?node prov:wasDerivedFrom ?place FILTER NOT EXISTS { ?place a rg:Vindplaats } }'), []);
  });

  it('a relation that carries a place is asserted as well', () => {
    const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
    assert.deepEqual(everything(`SELECT ?node { ?node a <${rdf}Statement> ; <${rdf}subject> ?s ; <${rdf}predicate> ?p ; <${rdf}object> ?o FILTER NOT EXISTS { ?s ?p ?o } }`), []);
  });

  it('each thing a person may meet has a name', () => {
    const named = 'skos:prefLabel|dct:title|<http://www.w3.org/2000/01/rdf-schema#label>|<http://xmlns.com/foaf/0.1/name>';
    assert.deepEqual(everything(`SELECT DISTINCT ?thing { ?thing a ?kind FILTER (ISIRI(?thing)) FILTER NOT EXISTS { ?thing ${named} ?name } }`), []);
  });

  it('each thing has one name, wherever it is described', () => {
    assert.deepEqual(everything('SELECT ?thing { ?thing skos:prefLabel ?a , ?b . FILTER (?a != ?b && LANG(?a) = LANG(?b)) }'), []);
  });
});

describe('external datasets', () => {
  const standard = '?s a <http://purl.org/dc/terms/Standard>';

  it('hold the 257 entries of the standards register, each with a status or a note that it is missing', () => {
    assert.equal(adopted(`SELECT ?s { ${standard} }`).length, 257);
    assert.deepEqual(adopted(`SELECT ?s { ${standard} FILTER NOT EXISTS { ?s adms:status|rg:lacune ?said } }`), []);
  });

  it('hold no value of the register that says there is none', () => {
    assert.deepEqual(adopted(`SELECT ?s ?value { ${standard} ; ?p ?value FILTER (?p NOT IN (rg:lacune, rg:bronnotitie) && REGEX(STR(?value), "TBD|gevonden|n[.]v[.]t", "i")) }`), []);
  });

  it('name owners that are described', () => {
    assert.deepEqual(adopted('SELECT DISTINCT ?owner { { ?s a <http://purl.org/dc/terms/Standard> ; dct:creator ?owner } UNION { ?b a rg:Bouwsteen ; dct:publisher ?owner } FILTER NOT EXISTS { ?owner skos:prefLabel ?name } }'), []);
  });

  it('say of each standard, building block, component and track which page or register it comes from', () => {
    for (const kind of ['<http://purl.org/dc/terms/Standard>', 'rg:Bouwsteen', 'rg:Component', 'rg:Traject']) {
      assert(adopted(`SELECT ?node { ?node a ${kind} }`).length > 0, kind);
      assert.deepEqual(adopted(`SELECT ?node { ?node a ${kind} FILTER NOT EXISTS { ?node prov:wasDerivedFrom/dct:isPartOf/dct:title ?title } }`), [], kind);
    }
  });

  it('leave the records of the Smart Region Office empty, ready to be written to', () => {
    assert.deepEqual(seedQuads('sro-registratie'), []);
    assert.equal(datasets.find(({ slug }) => slug === 'sro-registratie')?.status, 'aangenomen');
  });
});

describe('persons', () => {
  const words = seedQuads('personen-sro')
    .filter(({ predicate }) => /(familyName|email)$/.test(predicate.value))
    .map(({ object }) => object.value);

  it('are named in the restricted dataset only', () => {
    assert.equal(words.length, 6);
    for (const { slug } of datasets.filter(isPublic)) {
      const text = seedQuads(slug).flatMap((quad) => [quad.subject.value, quad.object.value]).join('\n').toLowerCase();
      for (const word of words) assert(!text.includes(word.toLowerCase()), slug);
    }
  });

  it('have a purpose and a date on which they are erased', () => {
    assert.deepEqual(everything('SELECT ?p { ?p a <http://www.w3.org/ns/person#Person> FILTER NOT EXISTS { ?p rg:verwerking [ rg:doel ?doel ; rg:teWissenOp ?dag ] } }'), []);
  });

  it('have no name in their address', () => {
    const people = everything('SELECT ?p ?name { ?p <http://xmlns.com/foaf/0.1/familyName> ?name }');
    assert.equal(people.length, 6);
    for (const { p, name } of people) assert(!p?.toLowerCase().includes(name?.toLowerCase() ?? ''), p);
  });
});
