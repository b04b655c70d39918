import { Fault } from '../faults.js';
import { checkIri } from './iri.js';

/** The IRI of a thing whose page has this address; undefined when it is no address of a page of ours. */
function ofPage(text: string, base: string): string | undefined {
  const documents = `${base}doc`;
  if (text.startsWith(`${documents}/`)) return `${base}id/${text.slice(documents.length + 1).replace(/[?#].*$/, '')}`;
  if (!text.startsWith(`${documents}?`)) return undefined;
  return new URLSearchParams(text.slice(documents.length + 1)).get('iri') ?? undefined;
}

/**
 * The thing somebody means: by its IRI, by the address of its page, or by the path of either (`/doc/actor/imec`).
 * @throws Fault relative-iri that says what is expected, invalid-iri.
 */
export function thingIri(text: string, base: string): string {
  const path = /^\/?((?:id|doc)[/?].+)$/u.exec(text)?.[1];
  const whole = path === undefined ? text : base + path;
  const iri = ofPage(whole, base) ?? whole;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(iri)) return checkIri(iri);
  throw new Fault('relative-iri', {
    nl: `"${text.slice(0, 200)}" is geen volledig webadres (IRI). Geef het hele adres, zoals ${base}id/actor/imec.`,
    en: `"${text.slice(0, 200)}" is not a complete IRI. Give all of it, like ${base}id/actor/imec.`,
  });
}
