import assert from 'node:assert/strict';
import { isomorphic } from 'rdf-isomorphic';
import { ownContexts } from '../../src/rdf/contexts.js';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';
import { parseString } from '../../src/rdf/parse.js';
import { TestService } from '../support/service.js';
import { ok, problem } from './fixture.js';

const turtle = `
@prefix a: <http://localhost:3000/id/actor/> .
@prefix i: <http://localhost:3000/id/initiatief/> .
@prefix o: <http://localhost:3000/id/oproep/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix schemas: <https://schema.org/> .
@prefix subs: <http://data.vlaanderen.be/ns/subsidie#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix c: <https://w3id.org/regiograaf/id/concept/> .
@prefix helix: <https://w3id.org/regiograaf/id/concept/helix/> .
@prefix fase: <https://w3id.org/regiograaf/id/concept/fase/> .

helix:overheid a skos:Concept ; skos:prefLabel "Overheid"@nl , "Government"@en ; skos:inScheme c:x , <https://w3id.org/regiograaf/id/conceptscheme/helix> .
helix:burgers a skos:Concept ; skos:prefLabel "Burgers"@nl ; skos:inScheme <https://w3id.org/regiograaf/id/conceptscheme/helix> .
helix:bedrijven a skos:Concept ; skos:prefLabel "Bedrijven"@nl .
fase:lopend skos:prefLabel "Lopend"@nl .

a:gent a org:Organization ; skos:prefLabel "Gent"@nl , "Ghent"@en ; rg:helix helix:overheid ;
  org:classification <http://data.vlaanderen.be/id/concept/BestuurseenheidClassificatieCode/5ab0e9b8a3b2ca7c5e000001> ;
  foaf:page <https://stad.gent/> ; skos:altLabel "Gand"@fr , "Ganda" , "Arteveldestad"@nl , "Stroppendragersstad"@nl ; adms:identifier <http://localhost:3000/id/identificator/nis-44021> .
<http://localhost:3000/id/identificator/nis-44021> skos:notation "44021" .
a:bedrijf a org:Organization ; skos:prefLabel "Zilver & \\"Zoon\\", nv"@nl ; skos:altLabel "=1+1"@nl ; rg:helix helix:bedrijven .
a:aiv a org:Organization , org:FormalOrganization ; skos:prefLabel "Digitaal Vlaanderen"@nl ; skos:altLabel "AIV"@nl ; rg:helix helix:overheid .
a:orgaan a org:Organization , org:OrganizationalCollaboration ; skos:prefLabel "Stuurgroep"@nl .
a:formule a org:Organization ; skos:prefLabel "=HYPERLINK(1)"@nl .

i:een a rg:Initiatief , rg:Programma ; dct:title "Eerste"@nl ; rg:leidendeOrganisatie a:gent ; rg:fase fase:lopend ; rg:teFormaliseren true .
i:twee a rg:Initiatief ; dct:title "Tweede"@nl .
o:een a subs:SubsidiemaatregelAanbod ; dct:title "Oproep 1"@nl ; rg:jaar "2022"^^xsd:gYear ; rg:aantalIdeeen 31 ;
  rg:totaalbudget [ a schemas:MonetaryAmount ; schemas:value 1500000.5 ; schemas:currency "EUR" ] .
o:twee a subs:SubsidiemaatregelAanbod ; dct:title "Oproep 2"@nl ; rg:jaar "2021"^^xsd:gYear .
`;

const proposal = `
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://localhost:3000/id/orgaan/voorgesteld> a org:OrganizationalCollaboration ; skos:prefLabel "Voorgesteld orgaan"@nl .
`;

const secret = `
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://localhost:3000/id/actor/geheim> a org:Organization ; skos:prefLabel "Zeergeheim"@nl .
`;

interface Document {
  readonly '@id': string;
  readonly totaal: number;
  readonly eerste: string;
  readonly vorige?: string;
  readonly volgende?: string;
  readonly laatste: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

const all = ['actoren', 'organen', 'initiatieven', 'oproepen', 'subsidies', 'bouwstenen', 'componenten', 'standaarden', 'doelstellingen', 'uitdagingen', 'documenten'];

const names = ({ items }: Document): readonly unknown[] => items.map(({ naam, titel }) => naam ?? titel);

describe('HTTP: collections', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    for (const [slug, text, rest] of [['proef', turtle, {}], ['voorstel', proposal, { bronstatus: 'voorgesteld' }], ['geheim', secret, { zichtbaarheid: 'restricted' }]] as const) {
      await ok(service.describe(slug, { titel: slug, controle: 'off', ...rest }));
      await ok(service.load(slug, text));
    }
  });
  after(() => service.stop());

  async function get(path: string, token?: true): Promise<Document> {
    const answer = await ok(service.ask(path, token ? { token } : {}));
    return (await answer.json()) as Document;
  }

  for (const name of all) {
    it(`/${name} is JSON-LD for programs, a page for browsers, and Turtle and CSV by Accept and suffix`, async () => {
      for (const accept of ['application/json', 'application/ld+json', '*/*']) {
        const answer = await ok(service.ask(`/${name}`, { headers: { accept } }));
        assert.equal(answer.headers.get('content-type'), accept === 'application/json' ? accept : 'application/ld+json');
        assert.equal(typeof ((await answer.json()) as Document).totaal, 'number');
      }
      for (const [suffix, type] of [['html', 'text/html'], ['ttl', 'text/turtle'], ['csv', 'text/csv'], ['jsonld', 'application/ld+json']] as const) {
        const bySuffix = await ok(service.ask(`/${name}.${suffix}`));
        assert.ok(bySuffix.headers.get('content-type')?.startsWith(type));
        const byAccept = await ok(service.ask(`/${name}`, { headers: { accept: type } }));
        assert.ok(byAccept.headers.get('content-type')?.startsWith(type));
      }
    });
  }

  it('items have an identity, a type, a page and Dutch keys; text is a Dutch string', async () => {
    const { items } = await get('/actoren?q=gent');
    assert.equal(items.length, 1);
    const [gent] = items;
    assert.ok(gent);
    assert.equal(gent['@id'], 'http://localhost:3000/id/actor/gent');
    assert.equal(gent['@type'], 'Organisatie');
    assert.equal(gent['pagina'], 'http://localhost:3000/doc/actor/gent');
    assert.equal(gent['naam'], 'Gent');
    assert.equal(gent['helix'], 'https://w3id.org/regiograaf/id/concept/helix/overheid');
    assert.equal(gent['skos:prefLabel'], undefined);
    assert.deepEqual(gent['foaf:page'], [{ '@id': 'https://stad.gent/' }]);
  });

  it('taal=* gives language maps', async () => {
    const { items } = await get('/actoren?q=gent&taal=*');
    assert.deepEqual(items[0]?.['naam'], { nl: 'Gent', en: 'Ghent' });
    assert.deepEqual(items[0]['alternatieveNaam'], { nl: ['Arteveldestad', 'Stroppendragersstad'], fr: 'Gand', '@none': 'Ganda' });
  });

  it('numbers and booleans are those of JSON, amounts stay exact text, parts are nested', async () => {
    const [call] = (await get('/oproepen?q=1')).items;
    assert.equal(call?.['aantalIdeeen'], 31);
    assert.deepEqual(call['totaalbudget'], { '@type': 'Bedrag', munt: 'EUR', waarde: '1500000.5' });
    assert.equal((await get('/initiatieven?q=eerste')).items[0]?.['teFormaliseren'], true);
  });

  it('the JSON-LD with language maps says exactly what the Turtle says', async () => {
    const contexts = ownContexts('http://localhost:3000/');
    for (const name of ['actoren', 'oproepen', 'initiatieven']) {
      const read = async (type: string): Promise<Awaited<ReturnType<typeof parseString>>> => {
        const format = formatByMediaType(type);
        assert.ok(format);
        return parseString(await (await ok(service.ask(`/${name}?taal=*`, { headers: { accept: type } }))).text(), { format, baseIri: 'http://localhost:3000/', contexts });
      };
      assert.ok(isomorphic(await read('application/ld+json'), await read('text/turtle')), name);
    }
  });

  it('pages lead to each other, in the document and in Link headers, and never share an item', async () => {
    const seen: unknown[] = [];
    let path: string | undefined = '/actoren?aantal=2';
    for (let n = 1; path !== undefined; n += 1) {
      const answer = await ok(service.ask(path));
      const page = (await answer.json()) as Document;
      assert.equal(page.totaal, 4);
      seen.push(...names(page));
      const link = answer.headers.get('link') ?? '';
      for (const [rel, key] of [['first', 'eerste'], ['prev', 'vorige'], ['next', 'volgende'], ['last', 'laatste']] as const) {
        const stated = page[key];
        if (stated === undefined) assert.ok(!link.includes(`rel="${rel}"`), `${n} ${rel}`);
        else assert.ok(link.includes(`<${stated.replace('http://localhost:3000', '')}>; rel="${rel}"`), `${n} ${rel}: ${link}`);
      }
      path = page.volgende?.replace('http://localhost:3000', '');
    }
    assert.deepEqual(seen, ['=HYPERLINK(1)', 'Digitaal Vlaanderen', 'Gent', 'Zilver & "Zoon", nv']);
  });

  it('filters by helix, kind, municipality and phase; a repeated key means or, different keys mean and', async () => {
    assert.deepEqual(names(await get('/actoren?helix=overheid')), ['Digitaal Vlaanderen', 'Gent']);
    assert.equal((await get('/actoren?helix=overheid&helix=bedrijven')).totaal, 3);
    assert.equal((await get('/actoren?helix=bedrijven&q=gent')).totaal, 0);
    assert.deepEqual(names(await get(`/actoren?helix=${encodeURIComponent('https://w3id.org/regiograaf/id/concept/helix/bedrijven')}`)), ['Zilver & "Zoon", nv']);
    assert.deepEqual(names(await get('/initiatieven?gemeente=44021')), ['Eerste']);
    assert.deepEqual(names(await get('/initiatieven?gemeente=gent')), ['Eerste']);
    assert.deepEqual(names(await get('/initiatieven?type=Programma')), ['Eerste']);
    assert.deepEqual(names(await get('/initiatieven?fase=lopend')), ['Eerste']);
    assert.deepEqual(names(await get('/initiatieven?helix=overheid')), ['Eerste']);
  });

  it('a value that exists but that nothing has gives an empty answer, not an error', async () => {
    assert.equal((await get('/actoren?helix=burgers')).totaal, 0);
  });

  it('searches names, former names and numbers, all words of a search; two searches mean or', async () => {
    assert.deepEqual(names(await get('/actoren?q=aiv')), ['Digitaal Vlaanderen']);
    assert.deepEqual(names(await get('/actoren?q=44021')), ['Gent']);
    assert.deepEqual(names(await get('/actoren?q=vlaanderen+digitaal')), ['Digitaal Vlaanderen']);
    assert.deepEqual(names(await get('/actoren?q=gent&q=aiv')), ['Digitaal Vlaanderen', 'Gent']);
  });

  it('sorts up and down, by name or by a column', async () => {
    assert.deepEqual(names(await get('/oproepen?sorteer=jaar')), ['Oproep 2', 'Oproep 1']);
    assert.deepEqual(names(await get('/oproepen?sorteer=-naam')), ['Oproep 2', 'Oproep 1']);
    assert.deepEqual(names(await get('/oproepen?sorteer=budget')), ['Oproep 1', 'Oproep 2']);
  });

  it('text of a caller is data, never query', async () => {
    for (const text of ['" } ; DROP ALL #', "') FILTER(1=1) #", '\\u0022 }', '<x>', '?s', '}}}', 'é\n"']) {
      assert.equal((await get(`/actoren?q=${encodeURIComponent(text)}`)).items.length, 0, text);
      assert.equal((await problem(service.ask(`/actoren?helix=${encodeURIComponent(text)}`), 400))['parameter'], 'helix');
      assert.equal((await problem(service.ask(`/actoren?gemeente=${encodeURIComponent(text)}`), 400))['parameter'], 'gemeente');
    }
  });

  it('proposals join only when asked for, and are marked in the table', async () => {
    assert.deepEqual(names(await get('/organen')), ['Stuurgroep']);
    assert.deepEqual(names(await get('/organen?bronstatus=alle')), ['Stuurgroep', 'Voorgesteld orgaan']);
    assert.deepEqual(names(await get('/organen?bronstatus=voorgesteld')), ['Voorgesteld orgaan']);
    assert.deepEqual(names(await get('/organen?bronstatus=aangenomen')), ['Stuurgroep']);
    const page = await (await ok(service.ask('/organen.html?bronstatus=alle'))).text();
    assert.match(page, /Voorgesteld orgaan<\/a> <span class="badge voorgesteld">/);
  });

  it('restricted things are there for who may see them, and for nobody else in any form', async () => {
    assert.equal((await get('/actoren?q=zeergeheim', true)).totaal, 1);
    for (const path of ['/actoren', '/actoren.html', '/actoren.csv', '/actoren.ttl', '/actoren?bronstatus=alle', '/actoren.html?q=zeer']) {
      const text = await (await ok(service.ask(path))).text();
      assert.ok(!text.includes('Zeergeheim') && !text.includes('actor/geheim'), path);
    }
    assert.equal((await get('/actoren')).totaal, 4);
  });

  it('CSV follows RFC 4180; csv-excel opens with a double click and runs no formula', async () => {
    const standard = await (await ok(service.ask('/oproepen.csv'))).text();
    assert.ok(standard.startsWith('iri,naam,jaar,fase,fase_iri,budget,'));
    assert.ok(standard.includes(',1500000.5,'));
    assert.ok((await (await ok(service.ask('/actoren.csv'))).text()).includes('"Zilver & ""Zoon"", nv"'));
    const excel = Buffer.from(await (await ok(service.ask('/oproepen?formaat=csv-excel'))).arrayBuffer());
    assert.deepEqual([...excel.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.ok(excel.toString('utf8').includes(';1500000,5;'));
    assert.ok((await (await ok(service.ask('/actoren?formaat=csv-excel'))).text()).includes(";'=HYPERLINK(1);"));
  });

  it('an unknown filter, a bad value, a page past the end: problem+json with what is allowed', async () => {
    const unknown = await problem(service.ask('/actoren?kleur=rood'), 400);
    assert.ok((unknown['toegelaten'] as readonly string[]).includes('helix'));
    assert.ok(!(unknown['toegelaten'] as readonly string[]).includes('laag'));
    assert.deepEqual((await problem(service.ask('/actoren?helix=nergens'), 400))['toegelaten'], ['bedrijven', 'burgers', 'overheid']);
    assert.deepEqual((await problem(service.ask('/oproepen?sorteer=kleur'), 400))['toegelaten'], ['naam', '-naam', 'jaar', '-jaar', 'budget', '-budget']);
    const past = await problem(service.ask('/actoren?pagina=9'), 404);
    assert.equal(past['laatstePagina'], 1);
    for (const bad of ['aantal=501', 'aantal=0', 'aantal=tien', 'pagina=0', 'pagina=-1', 'bronstatus=x', 'taal=fr', 'formaat=xls', 'gemeente=Parijs', 'q=%FF', `q=${'a'.repeat(201)}`, Array(51).fill('q=a').join('&')]) {
      await problem(service.ask(`/actoren?${bad}`), 400);
    }
    await problem(service.ask('/actoren.xls'), 400);
    for (const context of ['v9', '..%2Fv1']) assert.ok(((await problem(service.ask(`/context/${context}.jsonld`), 404))['toegelaten'] as readonly string[]).includes('/context/v1.jsonld'));
    assert.equal((await service.ask('/actoren', { headers: { accept: 'image/png' } })).status, 406);
  });

  it('answers 304 to who has it already, tags every form apart, and notices a change', async () => {
    const first = await ok(service.ask('/subsidies'));
    const etag = first.headers.get('etag') ?? '';
    assert.equal((await service.ask('/subsidies', { headers: { 'if-none-match': etag } })).status, 304);
    const tags = await Promise.all(['', '?formaat=csv', '?formaat=csv-excel', '?formaat=html', '?formaat=ttl'].map(async (query) => (await service.ask(`/subsidies${query}`)).headers.get('etag')));
    assert.equal(new Set(tags).size, tags.length);
    await ok(service.describe('nieuw', { titel: 'nieuw', controle: 'off' }));
    await ok(service.load('nieuw', '<http://localhost:3000/id/subsidie/x> a <http://data.vlaanderen.be/ns/subsidie#SubsidiemaatregelConsumptie> .'));
    const again = await ok(service.ask('/subsidies', { headers: { 'if-none-match': etag } }));
    assert.equal(((await again.json()) as Document).totaal, 1);
  });

  it('HEAD, OPTIONS, CORS and 405 as everywhere', async () => {
    const head = await ok(service.ask('/actoren', { method: 'HEAD' }));
    assert.equal(await head.text(), '');
    assert.equal(head.headers.get('access-control-allow-origin'), '*');
    assert.equal((await service.ask('/actoren', { method: 'OPTIONS' })).headers.get('allow'), 'GET, HEAD, OPTIONS');
    assert.equal((await service.ask('/actoren', { method: 'DELETE' })).status, 405);
  });

  it('the page has a form that works without JavaScript, keeps what was chosen, and says what to do when nothing is found', async () => {
    const page = await (await ok(service.ask('/actoren?helix=overheid&q=gent', { headers: { accept: 'text/html' } }))).text();
    assert.match(page, /<form[^>]*method="get" action="\/actoren"/);
    assert.match(page, /<option value="overheid" selected>Overheid<\/option>/);
    assert.match(page, /name="q" value="gent"/);
    // What no item has would find nothing: it is offered only to who asked for it.
    assert.ok(page.includes('value="bedrijven"') && !page.includes('value="burgers"'));
    assert.match(await (await ok(service.ask('/actoren?helix=burgers', { headers: { accept: 'text/html' } }))).text(), /value="burgers" selected/);
    const none = await (await ok(service.ask('/actoren?q=bestaatniet', { headers: { accept: 'text/html' } }))).text();
    assert.match(none, /Wis een filter/);
    const empty = await (await ok(service.ask('/componenten', { headers: { accept: 'text/html' } }))).text();
    assert.match(empty, /Hier staat nog niets/);
    const english = await (await ok(service.ask('/en/actoren?q=gent', { headers: { accept: 'text/html' } }))).text();
    assert.match(english, /<h1>Actors<\/h1>/);
    assert.match(english, />Ghent<\/a>/);
  });
});
