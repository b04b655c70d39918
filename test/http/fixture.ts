import assert from 'node:assert/strict';
import type { TestService } from '../support/service.js';

export const prefixes = `
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <http://localhost:3000/id/actor/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;

/** Two things of a kind no shape is about, one with a part, one pointing at the other. */
export const sample = `${prefixes}
ex:gent a ex:Proef ; dct:title "Gent <b>&\\"'"@nl, "Ghent"@en ; dct:issued "2016-12-15"^^xsd:date ;
  dct:relation ex:aalst ; dct:temporal [ dct:title "deel" ] .
ex:aalst a ex:Proef ; dct:title "Aalst"@nl .
`;

/** A public dataset `proef` with the sample, a proposal `voorstel`, and a restricted dataset `geheim`. */
export async function fill(service: TestService): Promise<void> {
  await ok(service.describe('proef', { titel: { nl: 'Proefdataset', en: 'Sample dataset' }, beschrijving: 'Om te proberen', licentie: 'https://creativecommons.org/publicdomain/zero/1.0/' }));
  await ok(service.load('proef', sample));
  await ok(service.describe('voorstel', { titel: 'Voorstel', bronstatus: 'voorgesteld' }));
  await ok(service.load('voorstel', `${prefixes} ex:gent dct:description "Nog niet aangenomen"@nl .`));
  await ok(service.describe('geheim', { titel: 'Zeergeheim', zichtbaarheid: 'restricted' }));
  await ok(service.load('geheim', `${prefixes} ex:verborgen a ex:Proef ; dct:title "Zeergeheim ding" ; dct:relation ex:gent . ex:gent dct:description "Zeergeheim feit" .`));
}

/** The answer, which must be a success. */
export async function ok(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.status >= 300) assert.fail(`${response.status}: ${await response.text()}`);
  return response;
}

/** The problem document of an answer, which must have this status. */
export async function problem(answer: Promise<Response>, status: number): Promise<Record<string, unknown>> {
  const response = await answer;
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json', text);
  return JSON.parse(text) as Record<string, unknown>;
}
