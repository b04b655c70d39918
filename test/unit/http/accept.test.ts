import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choose, parseAccept, prefersHtml } from '../../../src/http/accept.js';

const offers = ['application/ld+json', 'text/html', 'text/turtle', 'application/n-triples'].map((mediaType) => ({ mediaType }));
const chosen = (header: string | undefined): string | undefined => choose(header, offers)?.mediaType;

describe('Accept (RFC 9110 §12.5.1)', () => {
  const cases: readonly (readonly [header: string | undefined, expected: string | undefined])[] = [
    [undefined, 'application/ld+json'],
    ['', 'application/ld+json'],
    ['*/*', 'application/ld+json'],
    ['text/turtle', 'text/turtle'],
    ['TEXT/Turtle ; Q=0.5', 'text/turtle'],
    ['text/*', 'text/html'],
    ['text/*;q=0.5, text/turtle;q=0.6', 'text/turtle'],
    ['*/*, text/turtle;q=0.1', 'application/ld+json'],
    ['application/json, text/plain, */*', 'application/ld+json'],
    ['text/turtle, */*', 'text/turtle'],
    ['application/ld+json;q=0, */*;q=0.1', 'text/html'],
    ['text/turtle;version=1.2', 'text/turtle'],
    ['application/ld+json;profile="http://a/, http://b/";q=0.2, text/html;q=0.1', 'application/ld+json'],
    ['text/turtle;version=2;q=0, text/turtle', 'text/turtle'],
    ['image/png', undefined],
    ['image/png;q=0.9, */*;q=0', undefined],
    ['onzin, text/turtle', 'text/turtle'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
  ];
  for (const [header, expected] of cases) {
    it(`${header ?? '(none)'} -> ${expected ?? 'nothing'}`, () => assert.equal(chosen(header), expected));
  }

  it('reads quoted strings with commas, semicolons and escapes', () => {
    const [range] = parseAccept('a/b;x="1,2;3\\"4";q=0.5, c/d');
    assert.equal(range?.parameters.get('x'), '1,2;3"4');
    assert.equal(range?.q, 0.5);
  });

  it('reads a million quotes and backslashes in one pass, and what stands before them', () => {
    const header = `text/turtle, ${'"\\'.repeat(500_000)}`;
    assert.deepEqual(parseAccept(header).map(({ subtype }) => subtype), ['turtle']);
  });

  it('never throws, and never chooses what is refused by name', () => {
    fc.assert(fc.property(fc.string(), (header) => void choose(header, offers)));
    fc.assert(fc.property(fc.string(), (header) => !`,${chosen(`text/turtle;q=0, ${header.replaceAll(/turtle|"/gi, '')}`) ?? ''}`.includes('turtle')));
  });

  it('knows a browser', () => {
    assert.equal(prefersHtml('text/html,*/*;q=0.8'), true);
    for (const header of [undefined, '*/*', 'application/json', 'text/turtle']) assert.equal(prefersHtml(header), false);
  });
});
