import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amount, identifier, isKbo, literalText } from '../../../src/pages/format.js';
import { html, join } from '../../../src/pages/html.js';
import { Names } from '../../../src/pages/labels.js';
import { changeViews } from '../../../src/pages/changeTable.js';
import { kinds, sections } from '../../../src/pages/entityView.js';
import { resultViews } from '../../../src/pages/reportView.js';
import { word } from '../../../src/pages/words.js';
import { documentPath } from '../../../src/pages/view.js';

const xsd = (name: string): string => `http://www.w3.org/2001/XMLSchema#${name}`;
const base = 'http://localhost:3000/';

describe('html', () => {
  it('escapes every value, so that no text becomes markup or ends an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const made = html`<p title="${text}">${text}</p>`.toString();
        assert.match(made, /^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
    );
  });

  it('leaves what it made itself as it is, in lists too; absent values are nothing', () => {
    assert.equal(html`${[html`<b>${'&'}</b>`, undefined, false, null, 3]}`.toString(), '<b>&amp;</b>3');
    assert.equal(join(['a', html`<i></i>`], ', ').toString(), 'a, <i></i>');
  });
});

describe('values as a person reads them', () => {
  const cases: readonly (readonly [value: string, type: string, nl: string, en: string])[] = [
    ['2016-12-15', 'date', '15 december 2016', '15 December 2016'],
    ['2016-12-15T13:30:00Z', 'dateTime', '15 december 2016, 14.30 uur', '15 December 2016, 14:30'],
    ['2020', 'gYear', '2020', '2020'],
    ['2020-01', 'gYearMonth', 'januari 2020', 'January 2020'],
    ['true', 'boolean', 'ja', 'yes'],
    ['1234567.5', 'decimal', '1.234.567,5', '1,234,567.5'],
    ['12345678901234567890', 'integer', '12345678901234567890', '12345678901234567890'],
    ['geen datum', 'date', 'geen datum', 'geen datum'],
    ['2025-13-11', 'date', '2025-13-11', '2025-13-11'],
    ['2025-13', 'gYearMonth', '2025-13', '2025-13'],
    ['0207535458', 'string', '0207.535.458', '0207.535.458'],
    ['0207535459', 'string', '0207535459', '0207535459'],
  ];
  for (const [value, type, nl, en] of cases) {
    it(`${value} (${type})`, () => {
      assert.equal(literalText(value, xsd(type), 'nl'), nl);
      assert.equal(literalText(value, xsd(type), 'en'), en);
    });
  }

  it('amounts and KBO numbers', () => {
    assert.equal(amount(1_000_000.5, 'nl'), '€ 1.000.000,50');
    assert.equal(amount(250_000, 'nl'), '€ 250.000');
    assert.equal(isKbo('0207535458'), true);
    assert.equal(identifier('OVO002949'), 'OVO002949');
  });
});

describe('names', () => {
  const names = new Names(new Map([['a:b', { nl: 'Bee', en: 'Bea' }], ['a:c', { fr: 'Cé' }]]), new Map([['a:v', { nl: 'Veld' }]]), 'nl');

  it('come from the graph, the glossary, the vocabulary, or the address, in a language that is there', () => {
    assert.equal(names.of('a:b'), 'Bee');
    assert.equal(names.in('en').of('a:b'), 'Bea');
    assert.equal(names.of('a:c'), 'Cé');
    assert.equal(names.of('a:v'), 'Veld');
    assert.equal(names.of('http://purl.org/dc/terms/title'), 'Titel');
    assert.equal(names.of(`${base}id/actor/digitaal-vlaanderen`), 'Digitaal vlaanderen');
    assert.equal(names.of(`${base}id/identificator/kbo-0207535458`), 'KBO 0207.535.458');
    assert.equal(names.of(`${base}id/identificator/ovo-OVO002949`), 'OVO002949');
    assert.equal(names.of('http://a.example/%E0%A4%A'), '%E0%A4%A');
  });

  it('sentences of the glossary are filled in', () => {
    assert.equal(word('commitN', 'en', { n: '3' }), 'version 3');
    assert.equal(word('commitN', 'nl', {}), 'versie {n}');
  });

  it('every IRI has an address for its page', () => {
    assert.equal(documentPath(base, `${base}id/actor/a`), '/doc/actor/a');
    assert.equal(documentPath(base, `${base}id/document/a#regel-1`), `/doc?iri=${encodeURIComponent(`${base}id/document/a#regel-1`)}`);
    assert.equal(documentPath(base, 'https://elders.example/x'), '/doc?iri=https%3A%2F%2Felders.example%2Fx');
  });
});

describe('the view of an entity', () => {
  const iri = `${base}id/actor/a`;
  const part = `${base}.well-known/genid/1`;
  const sum = `${base}.well-known/genid/2`;
  const graph = `<${base}id/dataset/d>`;
  const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
  const lines = [
    `<${iri}> ${type} <a:Soort> ${graph} .`,
    `<${iri}> <a:deel> <${part}> ${graph} .`,
    `<${part}> <a:terug> <${part}> ${graph} .`,
    `<${iri}> <a:budget> <${sum}> ${graph} .`,
    `<${sum}> ${type} <https://schema.org/MonetaryAmount> ${graph} .`,
    `<${sum}> <https://schema.org/value> "1500.5"^^<${xsd('decimal')}> ${graph} .`,
    `<${sum}> <https://schema.org/currency> "EUR" ${graph} .`,
  ];
  const answer = { iri, datasets: [{ dataset: `${base}id/dataset/d`, lines }], changed: 1, commit: 1 };
  const names = new Names(new Map(), new Map(), 'nl');

  it('nests parts, stops at circles, and shows amounts as amounts', () => {
    const [section] = sections(answer, [], names, base);
    assert.deepEqual(kinds(answer), ['a:Soort']);
    const deel = section?.rows.find(({ predicate }) => predicate === 'a:deel')?.values[0];
    assert.ok(deel?.kind === 'part');
    const again = deel.rows.flatMap(({ values }) => values);
    assert.ok(again.every((value) => value.kind === 'part' && value.again === true && value.rows.length === 0));
    const budget = section?.rows.find(({ predicate }) => predicate === 'a:budget')?.values[0];
    assert.equal(budget?.kind === 'part' && budget.text, '€ 1.500,50');
  });
});

describe('what is not published yet', () => {
  const names = new Names(new Map([['urn:oud', { nl: 'Oude naam' }]]), new Map(), 'nl');
  const result = { focusNode: '<urn:ploeg>', severity: 'Warning', component: 'urn:c', shape: '<urn:s>', messages: { nl: 'Vul aan.' }, dataset: 'urn:d', origin: 'change', name: { nl: 'Ploeg Noord' } } as const;
  const report = (extra: object) => ({ conforms: false, truncated: false, counts: { Violation: 0, Warning: 1, Info: 0 }, results: [{ ...result, ...extra }] });

  it('is called in a report what the refused data call it; what has a page keeps the name of its page', () => {
    assert.equal(resultViews(report({}), names, '')[0]?.subject.label, 'Ploeg Noord');
    assert.equal(resultViews(report({ focusNode: '<urn:oud>' }), names, '')[0]?.subject.label, 'Oude naam');
  });

  it('is not repeated as the value of a rule about all of it', () => {
    assert.equal(resultViews(report({ value: '<urn:ploeg>' }), names, '')[0]?.value, undefined);
  });

  it('has one field name for a choice of fields and for a chain of them', () => {
    assert.equal(resultViews(report({ path: '<urn:een>|<urn:twee>' }), names, '')[0]?.field?.label, 'Een of Twee');
    assert.equal(resultViews(report({ path: '<urn:een>/<urn:twee>' }), names, '')[0]?.field?.label, 'Een › Twee');
  });

  it('is called in a list of changes what those changes call it', () => {
    const lines = ['<urn:a> <urn:hoort-bij> <urn:ploeg> <urn:d> .', '<urn:ploeg> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ploeg Noord"@nl <urn:d> .'];
    const views = changeViews(lines.map((line) => ({ op: '+', line })), names, base, 'deel');
    assert.deepEqual(views.map(({ subject, value }) => [subject, value]), [['A', 'Ploeg Noord'], ['Ploeg Noord', 'Ploeg Noord']]);
  });
});
