import { faultKinds, type Text } from '../../faults.js';
import { graphOffers } from '../formats.js';
import type { Answer, Body, Parameter } from './contract.js';

export const rdfTypes: readonly string[] = graphOffers.map(({ mediaType }) => mediaType).filter((type) => type !== 'application/json');
export const graphTypes: readonly string[] = graphOffers.map(({ mediaType }) => mediaType);
export const html = 'text/html';
export const json = 'application/json';
export const resultTypes: readonly string[] = ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values', json, 'application/xml'];

export function text(nl: string, en: string): Text {
  return { nl, en };
}

export function path(name: string, example: string, nl: string, en: string): Parameter {
  return { name, in: 'path', required: true, example, text: text(nl, en) };
}

export function query(name: string, nl: string, en: string, more: Partial<Parameter> = {}): Parameter {
  return { name, in: 'query', text: text(nl, en), ...more };
}

export function header(name: string, nl: string, en: string): Parameter {
  return { name, in: 'header', text: text(nl, en) };
}

export function ok(nl: string, en: string, types: readonly string[], schema?: string): Answer {
  return { status: 200, text: text(nl, en), types, ...(schema === undefined ? {} : { schema }) };
}

/** Problem documents, with the titles of their codes. */
export function problems(...statuses: readonly number[]): readonly Answer[] {
  return statuses.map((status) => {
    const titles = Object.values(faultKinds).filter((kind) => kind.status === status).map(({ title }) => title);
    return {
      status,
      text: text(titles.map(({ nl }) => nl).join('; ') || String(status), titles.map(({ en }) => en).join('; ') || String(status)),
      types: ['application/problem+json', html],
      schema: 'Probleem',
    };
  });
}

/** What any request may meet: an address or parameter that cannot be read, a wrong token, too many requests, a busy service. */
export const generalProblems: readonly Answer[] = problems(400, 401, 429, 503);

export const unchanged: Answer = { status: 304, text: text('Ongewijzigd sinds de ETag die u stuurde', 'Unchanged since the entity tag you sent') };

export const ifNoneMatch = header('If-None-Match', 'ETag van een vorig antwoord: dan is het antwoord 304 als er niets veranderde', 'Entity tag of an earlier answer: the answer is 304 when nothing changed');
export const proposals = query('bronstatus', '"alle" neemt ook voorstellen mee die niet aangenomen zijn', '"alle" includes proposals that are not adopted', { schema: { type: 'string', enum: ['alle'] } });

export const moment = query('at', 'Zoals het was: nummer van een versie, dag (einde ervan) of tijdstip', 'As it was: number of a version, day (its end) or moment', { schema: { type: 'string' } });

/** What every write understands. */
export const writeParameters: readonly Parameter[] = [
  header('If-Match', 'ETag van de toestand die u wijzigt; is ze intussen anders, dan is het antwoord 412', 'Entity tag of the state you change; when it has changed the answer is 412'),
  header('Idempotency-Key', 'Eigen sleutel: hetzelfde verzoek opnieuw sturen maakt geen tweede versie', 'A key of your own: sending the same request again makes no second version'),
  query('dry-run', 'Alleen proberen: toon wat er zou veranderen', 'Only try: show what would change', { schema: { type: 'string' } }),
  query('bericht', 'Omschrijving voor de geschiedenis', 'Message for the history'),
];

export const written: Answer = { status: 200, text: text('Wat er veranderde (uitkomst: gepubliceerd, ongewijzigd of proef)', 'What changed (uitkomst: gepubliceerd, ongewijzigd or proef)'), types: [json], schema: 'Uitkomst' };
export const createdNew: Answer = { status: 201, text: text('Nieuw gemaakt', 'Created'), types: [json], schema: 'Uitkomst' };
export const writeProblems: readonly Answer[] = problems(400, 401, 403, 409, 412, 413, 415, 422, 503, 507);

/** A body of RDF in any form. */
export function rdfBody(turtle: string, nl: string, en: string): Body {
  return { text: text(nl, en), types: { 'text/turtle': turtle, ...Object.fromEntries(rdfTypes.filter((type) => type !== 'text/turtle').map((type) => [type, ''])) } };
}
