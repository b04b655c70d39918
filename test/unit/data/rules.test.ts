import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Parser, Writer, type Quad } from 'n3';
import { Store } from 'oxigraph';
import { readRule } from '../../../src/insight/rules/rule.js';
import { resource } from '../../../src/resources.js';
import { base, datasets, isAdopted, seedQuads } from './seed.js';

const names = readdirSync(resource('vocab', 'rules')).map((file) => file.replace(/\.rq$/, '')).toSorted();
const read = (name: string): string => readFileSync(resource('vocab', 'rules', `${name}.rq`), 'utf8');
/** What rules read: the adopted data without what was derived before (design: Rules). */
const facts = datasets.filter((dataset) => isAdopted(dataset) && dataset.status !== 'afgeleid').flatMap(({ slug }) => seedQuads(slug));
const skos = 'http://www.w3.org/2004/02/skos/core#';
const rg = 'https://w3id.org/regiograaf/ns#';

function derive(name: string, quads: readonly Quad[]): string[] {
  const store = new Store();
  store.load(new Writer({ format: 'N-Triples' }).quadsToString([...quads]), { format: 'application/n-triples' });
  const derived = store.query(`BASE <${base}>\n${read(name)}`, { results_format: 'application/n-triples' });
  if (typeof derived !== 'string') throw new Error('No CONSTRUCT query');
  return new Parser({ format: 'N-Triples' }).parse(derived).map(({ subject, predicate, object }) => `${subject.value} ${predicate.value} ${object.value}`);
}

function reviews(outcomes: readonly string[]): Quad[] {
  const text = outcomes.map(
    (outcome, index) => `<id/beoordeling/${index}> a <http://schema.org/Review> ; <http://schema.org/itemReviewed> <id/initiatief/vloca> ;
      <http://schema.org/about> <id/criterium/crit-${index + 1}> ; <http://schema.org/reviewBody> <https://w3id.org/regiograaf/id/concept/beoordeling/${outcome}> .`,
  );
  return new Parser({ baseIRI: base }).parse(text.join('\n'));
}

const classOf = (outcomes: readonly string[]): string[] => derive('smart-city-klasse', [...facts, ...reviews(outcomes)]).filter((line) => line.startsWith(`${base}id/initiatief/vloca `)).map((line) => line.slice(line.indexOf(rg) + rg.length)).toSorted();

describe('rules', () => {
  for (const name of names) {
    it(`${name} says in Dutch and English what it derives, and what makes it run`, () => {
      for (const key of ['titel', 'title', 'uitleg', 'triggers']) assert.match(read(name), new RegExp(`^# ${key}: \\S`, 'mu'));
      assert.equal(readRule(name, read(name), base).name, name);
    });

    it(`${name} derives the same for one thing as for all`, () => {
      const all = derive(name, facts);
      assert(all.length > 0);
      const rule = readRule(name, read(name), base);
      const store = new Store();
      store.load(new Writer({ format: 'N-Triples' }).quadsToString([...facts]), { format: 'application/n-triples' });
      const rows = (query: string): string[] => String(store.query(query, { results_format: 'text/tab-separated-values' })).split('\n').slice(1).filter(Boolean).toSorted();
      const found = rows(rule.all);
      const one = found[0]?.split('\t')[0] ?? '';
      assert.deepEqual(rows(rule.forNodes([one])), found.filter((row) => row.startsWith(`${one}\t`)));
    });
  }

  it('who is a member of a body under a condition only is not said to be its member', () => {
    const members = derive('omgekeerde-verbanden', facts).filter((line) => line.includes('#hasMember '));
    assert.deepEqual(members.filter((line) => line.startsWith(`${base}id/orgaan/srb `)), []);
    assert.equal(members.filter((line) => line.startsWith(`${base}id/orgaan/sro `)).length, 3);
  });

  it('an initiative is core when the four criteria are present, and related when one is absent', () => {
    assert.deepEqual(classOf(['aanwezig', 'aanwezig', 'aanwezig', 'aanwezig']), [`reden 4 van de 4 criteria aanwezig, geen afwezig`, `smartCityStatus ${base}id/begrip/kern`]);
    assert.deepEqual(classOf(['aanwezig', 'afwezig']), ['reden Criterium afwezig: Samenwerking met actoren buiten de lokale overheid', `smartCityStatus ${base}id/begrip/gerelateerd`]);
  });

  it('an initiative without an assessment of every criterion is not assessed, which is not the same as related', () => {
    assert.deepEqual(classOf([]), ['reden 0 van de 4 criteria aanwezig, geen afwezig', 'smartCityStatus https://w3id.org/regiograaf/id/concept/kennis/niet-beoordeeld']);
    assert.deepEqual(classOf(['aanwezig', 'aanwezig', 'aanwezig'])[1], 'smartCityStatus https://w3id.org/regiograaf/id/concept/kennis/niet-beoordeeld');
  });

  it('who looks for AIV finds Digitaal Vlaanderen, and who looks for Kortessem finds Hasselt', () => {
    const derived = derive('vroegere-namen', facts);
    const agency = 'https://data.vlaanderen.be/id/organisatie/OVO002949';
    for (const name of ['AIV', 'Agentschap Informatie Vlaanderen']) assert(derived.includes(`${agency} ${skos}hiddenLabel ${name}`), name);
    assert(derived.some((line) => line.endsWith('hiddenLabel Kortessem')));
  });

  it('members, parts and dependants are found from the other side', () => {
    const derived = derive('omgekeerde-verbanden', facts);
    assert(derived.includes(`${base}id/orgaan/sro http://www.w3.org/ns/org#hasMember https://data.vlaanderen.be/id/organisatie/OVO001835`));
    assert(derived.includes(`${base}id/initiatief/vloca http://purl.org/dc/terms/hasPart ${base}id/traject/databroker`));
    assert(derived.includes(`${base}id/bouwsteen/mijn-burgerprofiel http://purl.org/dc/terms/isRequiredBy ${base}id/project/vlag`));
  });
});
