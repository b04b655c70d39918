import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resource } from '../../../src/resources.js';
import { asker, base, datasets, derivedQuads, isAdopted, isPublic, seedQuads } from './seed.js';

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const answers = JSON.parse(readFileSync(resource('test', 'fixtures', 'competency', 'answers.json'), 'utf8')) as Record<string, Answer>;
const prologue = `BASE <${base}>\n`;
/** Inferences are part of what a question reads; they must not change an answer that the documents give. */
const derived = derivedQuads();
const scopes = {
  documenten: asker([...datasets.filter(isAdopted).flatMap(({ slug }) => seedQuads(slug)), ...derived], prologue),
  'documenten en voorstellen': asker([...datasets.filter(isPublic).flatMap(({ slug }) => seedQuads(slug)), ...derived], prologue),
  alles: asker([...datasets.flatMap(({ slug }) => seedQuads(slug)), ...derived], prologue),
};

/** Few rows, in the order of the document that lists them. */
const unordered = new Set(['cq36-katalyseren-faciliteren', 'cq39-domeinen-studie', 'cq40-transversale-uitdagingen']);

function read(name: string): { readonly text: string; readonly title: string; readonly scope: keyof typeof scopes } {
  const text = readFileSync(resource('data', 'queries', `${name}.rq`), 'utf8');
  const header = Object.fromEntries([...text.matchAll(/^# (\w+): (.+)$/gmu)].map(([, key, value]) => [key, value]));
  const { titel, title, bereik } = header;
  assert(titel && title, `${name}: no title in Dutch and English`);
  assert(/^ORDER BY /mu.test(text) || unordered.has(name), `${name}: rows in no order`);
  assert(bereik === 'documenten' || bereik === 'documenten en voorstellen', `${name}: no scope`);
  return { text, title: titel, scope: bereik };
}

const names = readdirSync(resource('data', 'queries')).map((file) => file.replace(/\.rq$/, '')).toSorted();

describe('named questions', () => {
  it('each have a stated answer', () => assert.deepEqual(names, Object.keys(answers).toSorted()));

  for (const name of names) {
    const { text, title, scope } = read(name);
    it(`${name}: ${title}`, () => {
      const answer = answers[name];
      assert(answer);
      const found = scopes[scope](text);
      const project = (row: Record<string, string>): string => JSON.stringify(answer.columns.map((column) => row[column] ?? ''));
      assert.deepEqual([...new Set(found.map(project))].toSorted(), answer.rows.map((row) => JSON.stringify(row)).toSorted());
      for (const row of found) assert(row['bron'], `a row without source: ${JSON.stringify(row)}`);
    });
  }

  it('the team of the SRO is named to who may see the restricted dataset', () => {
    const people = scopes.alles(read('cq05-team-sro').text);
    assert.equal(people.length, 3);
    for (const { naam, email } of people) assert.match(`${naam} ${email}`, /^\S+ \S+ \S+@\S+$/);
  });

  it('proposed members stay out of the adopted answer', () => {
    for (const name of ['cq06-overlegorganen-voorstel', 'cq08-leden-ambtelijke-stuurgroep', 'cq10-leden-klankbordgroep']) assert.deepEqual(scopes.documenten(read(name).text), [], name);
  });
});
