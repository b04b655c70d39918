import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withMeantDataset } from '../../src/datasets/meantDataset.js';
import { isSlip, nearNames } from '../../src/nearNames.js';

describe('Names that are nearly another', () => {
  it('are not looked for when nobody can have typed so much', () => {
    const long = `${'actoren '.repeat(100_000)}x`;
    assert.deepEqual(nearNames(long, ['actoren']), []);
    assert.ok(!isSlip(long, long.slice(1)));
  });

  for (const [written, name] of [['actorne', 'actoren'], ['actoen', 'actoren'], ['Actoren', 'actoren'], ['fietsenstallingen', 'fietsen-stallingen'], ['lokale-bestruen', 'lokale-besturen'], ['initiatiefven', 'initiatieven'], ['cafés', 'cafes']] as const) {
    it(`are a slip: ${written} for ${name}`, () => assert.ok(isSlip(written, name)));
  }

  for (const [written, name] of [['actoren', 'actoren'], ['actoren-2', 'actoren'], ['fase-1', 'fase-2'], ['budget2024', 'budget2025'], ['meting-a', 'meting-b'], ['een', 'eten'], ['actoren', 'activiteiten'], ['bomen', 'bouwstenen']] as const) {
    it(`are no slip: ${written} beside ${name}`, () => assert.ok(!isSlip(written, name)));
  }

  it('are slips of each other, or not', () => {
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => isSlip(a, b) === isSlip(b, a)));
  });

  it('are told best first, and few', () => {
    assert.deepEqual(nearNames('actorne', ['bronnen', 'actor', 'actoren', 'centrumsteden']), ['actoren']);
    assert.deepEqual(nearNames('actoren-brussel', ['bronnen', 'brussel', 'actoren']), ['brussel', 'actoren']);
    assert.deepEqual(nearNames('xyz', ['bronnen', 'actoren']), []);
  });

  it('are told with a dataset that is not there, of those the caller may see', () => {
    const fault = { code: 'unknown-dataset', detail: { nl: 'Weg.', en: 'Gone.' }, extra: { dataset: 'http://ex.test/id/dataset/actorne' } } as const;
    const told = withMeantDataset(fault, [{ iri: 'http://ex.test/id/dataset/actoren', slug: 'actoren' }]);
    assert.deepEqual([told.detail.nl, told.extra?.['lijktOp']], ['Weg. Bedoelde u actoren?', ['actoren']]);
    assert.equal(withMeantDataset(fault, []), fault);
  });
});
