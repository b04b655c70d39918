import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes } from './fixture.js';

const more = `${prefixes}
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <http://localhost:3000/id/> .
`;

describe('HTTP: the page of an entity', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
    for (const slug of ['een', 'twee']) await ok(service.describe(slug, { titel: `Bron ${slug}`, controle: 'off' }));
    await ok(service.load('een', `${more}
id:initiatief\\/a a rg:Initiatief ; dct:title "Aanleg"@nl ; dct:relation id:actor\\/b ; dct:alternative "Eerste naam"@nl ; <https://w3id.org/regiograaf/ns#draagtBijAan> ex:gent ; <http://www.w3.org/2004/02/skos/core#broadMatch> ex:gent ; <http://xmlns.com/foaf/0.1/page> <https://www.a.example/over/ons/> .
id:uitspraak\\/u a rdf:Statement ; rdf:subject id:initiatief\\/a ; rdf:predicate dct:relation ; rdf:object id:actor\\/b ; prov:wasDerivedFrom <http://localhost:3000/id/document/nota#regel-7> .
<http://localhost:3000/id/document/nota#regel-7> rdfs:label "Nota, regel 7"@nl .`));
    await ok(service.load('twee', `${more} id:initiatief\\/a dct:alternative "Tweede naam"@nl ; <https://w3id.org/regiograaf/ns#draagtBijAan> ex:aalst .`));
  });
  after(() => service.stop());

  const main = async (path: string): Promise<string> => (await (await service.ask(path, { headers: { accept: 'text/html' } })).text()).replace(/^[\s\S]*<main/, '<main').replace(/<details[\s\S]*/, '');

  it('shows beside a statement the place in the document it comes from', async () => {
    assert.match(await main('/doc/initiatief/a'), /\(volgens <a [^>]*>Nota, regel 7<\/a>\)/);
  });

  it('puts what sources say differently side by side', async () => {
    const [, section = ''] = /(De bronnen zeggen niet hetzelfde[\s\S]*?)<\/section>/.exec(await main('/doc/initiatief/a')) ?? [];
    assert.match(section, /Eerste naam <span class="muted">\(Bron een\)/);
    assert.match(section, /Tweede naam <span class="muted">\(Bron twee\)/);
    assert.doesNotMatch(section, /Draagt bij aan/, 'to contribute to one thing does not deny the other');
    assert.doesNotMatch(await main('/doc/actor/gent'), /niet hetzelfde/);
  });

  it('says of each field people look for that no source states it, and what was not assessed', async () => {
    const [, section = ''] = /(Wat wij niet weten[\s\S]*?)<\/section>/.exec(await main('/doc/initiatief/a')) ?? [];
    for (const field of ['Beschrijving', 'Periode', 'Contact']) assert.match(section, new RegExp(`<dt>${field}</dt><dd><span class="badge unknown">niet vermeld in de bronnen`));
    assert.doesNotMatch(section, /Webpagina/);
    assert.match(await main('/doc/initiatief/a'), /<span class="badge unknown">nog niet beoordeeld/);
  });

  it('has Dutch names for fields, and the address of a page elsewhere for its name', async () => {
    const page = await main('/doc/initiatief/a');
    assert.match(page, /<dt>Valt onder<\/dt>/);
    assert.match(page, />a\.example\/over\/ons<\/a>/);
    assert.match(await main('/en/doc/initiatief/a'), /<dt>Broader match<\/dt>/);
  });

  it('leads back to the list it is in', async () => {
    const page = await (await service.ask('/doc/initiatief/a', { headers: { accept: 'text/html' } })).text();
    assert.match(page, /<nav class="trail"[\s\S]*?<a href="\/initiatieven">Initiatieven<\/a>/);
  });

  it('speaks in words about what is not there; the IRI stands under technisch and in the problem document', async () => {
    assert.doesNotMatch(await main('/doc/actor/onbekend'), /localhost:3000\/id/);
    const problem = (await (await service.ask('/doc/actor/onbekend')).json()) as Record<string, unknown>;
    assert.equal(problem['iri'], 'http://localhost:3000/id/actor/onbekend');
  });
});
