import { z } from 'zod';
import { Fault } from '../faults.js';
import { thingIri } from '../rdf/thingIri.js';
import type { Client } from './client.js';

const found = z.object({ results: z.object({ bindings: z.array(z.object({ iri: z.object({ value: z.string() }), naam: z.object({ value: z.string() }) })) }) });

/** Things whose name has these words, or whose IRI ends in them: the shortest names first. */
async function thingsLike(client: Client, text: string): Promise<readonly string[]> {
  const asked = JSON.stringify(text.toLowerCase());
  const query = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT ?iri (MIN(STR(?text)) AS ?naam) WHERE {
  ?iri ?property ?text . VALUES ?property { skos:prefLabel skos:altLabel dct:title rdfs:label foaf:name }
  FILTER(CONTAINS(LCASE(STR(?text)), ${asked}) || STRENDS(LCASE(STR(?iri)), ${asked}))
} GROUP BY ?iri ORDER BY STRLEN(?naam) ?iri LIMIT 5`;
  const { body } = await client.query(query, { results: 'application/sparql-results+json', graph: 'text/turtle' });
  return found.parse(JSON.parse(body)).results.bindings.map(({ iri, naam }) => `${naam.value} <${iri.value}>`);
}

/** The end of a sentence about something that was not found: what may have been meant, each on a line of its own. */
export async function meantText(client: Client, text: string): Promise<{ readonly nl: string; readonly en: string }> {
  // A hint that cannot be given is no reason to fail otherwise.
  const near = text === '' ? [] : await thingsLike(client, text).catch(() => []);
  if (near.length === 0) return { nl: '', en: '' };
  const lines = near.map((line) => `\n  ${line}`).join('');
  return { nl: `\nBedoelde u:${lines}`, en: `\nDid you mean:${lines}` };
}

/** The thing an argument means. Fault relative-iri, with what comes near, when it is not the address of one. */
export async function meantThing(client: Client, text: string): Promise<string> {
  try {
    return thingIri(text, client.base);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'relative-iri') throw error;
    const { nl, en } = error.data.detail;
    const near = await meantText(client, text);
    throw new Fault(error.code, { nl: nl + near.nl, en: en + near.en }, { cause: error });
  }
}
