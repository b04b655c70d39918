import assert from 'node:assert/strict';
import { Fault } from '../../../../src/faults.js';
import { deltaStreams, noStreamSettings } from '../../../../src/publication/delta/streams.js';

const base = 'http://localhost:3000/';
const kinds = ['actoren', 'initiatieven', 'bouwstenen', 'componenten', 'oproepen'].map((name) => ({ name, title: { nl: name, en: name } }));

describe('the delta streams of an installation', () => {
  it('are those of everything and of four kinds, open to all, unless more is asked', () => {
    const streams = deltaStreams(base, kinds, noStreamSettings);
    assert.deepEqual(streams.map(({ name }) => name), ['alle', 'actoren', 'initiatieven', 'bouwstenen', 'componenten']);
    assert.ok(streams.every(({ closed }) => !closed));
  });

  it('may be of more kinds and of single datasets, each once, and closed by name', () => {
    const streams = deltaStreams(base, kinds, { more: ['oproepen', 'dataset:mijn-data', 'actoren'], closed: ['dataset-mijn-data'] });
    assert.deepEqual(streams.map(({ name }) => name), ['alle', 'actoren', 'initiatieven', 'bouwstenen', 'componenten', 'oproepen', 'dataset-mijn-data']);
    assert.equal(streams.at(-1)?.scope, `${base}id/dataset/mijn-data`);
    assert.deepEqual(streams.filter(({ closed }) => closed).map(({ name }) => name), ['dataset-mijn-data']);
  });

  for (const [setting, settings] of [
    ['SYNC_STREAMS', { more: ['gemeenten'], closed: [] }],
    ['SYNC_STREAMS', { more: ['dataset:../geheim'], closed: [] }],
    ['SYNC_CLOSED', { more: [], closed: ['oproepen'] }],
  ] as const) {
    it(`say which setting names what does not exist, and what does (${setting}: ${[...settings.more, ...settings.closed].join()})`, () => {
      assert.throws(
        () => deltaStreams(base, kinds, settings),
        (error: unknown) => error instanceof Fault && error.data.detail.nl.includes(setting) && error.data.detail.nl.includes('actoren'),
      );
    });
  }
});
