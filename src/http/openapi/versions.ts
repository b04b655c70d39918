import type { Area } from './contract.js';
import { header, html, ifNoneMatch, json, ok, path, problems, query, text, unchanged, writeParameters, writeProblems, written } from './parts.js';

const thing = query('iri', 'IRI van het ding', 'IRI of the thing', { required: true, example: 'http://localhost:3000/id/actor/gent', schema: { type: 'string', format: 'iri' } });

export const versions: Area = {
  name: 'versies',
  title: text('Versies', 'Versions'),
  text: text('Elke wijziging is een versie in het logboek.', 'Every change is a version in the log.'),
  operations: [
    {
      method: 'get',
      routes: ['/commits'],
      summary: text('De versies, nieuwste eerst', 'The versions, newest first'),
      parameters: [
        query('voor', 'Alleen versies voor dit nummer', 'Only versions before this number', { schema: { type: 'integer', minimum: 1 } }),
        query('aantal', 'Hoogstens zoveel', 'At most so many', { schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } }),
        query('iri', 'Alleen wijzigingen van dit ding', 'Only changes of this thing', { schema: { type: 'string', format: 'iri' } }),
        query('dataset', 'Alleen wijzigingen van deze dataset (IRI)', 'Only changes of this dataset (IRI)', { schema: { type: 'string', format: 'iri' } }),
        ifNoneMatch,
      ],
      answers: [ok('De versies', 'The versions', [json, html], 'Versies'), unchanged, ...problems(400, 406)],
    },
    {
      method: 'get',
      routes: ['/commits/:number'],
      summary: text('Eén versie, met wat er veranderde', 'One version, with what changed'),
      parameters: [path('number', '1', 'Nummer van de versie', 'Number of the version'), ifNoneMatch],
      answers: [ok('De versie', 'The version', [json, html, 'application/rdf-patch']), unchanged, ...problems(404, 406)],
    },
    {
      method: 'post',
      routes: ['/commits/:number/ongedaan'],
      summary: text('Maak een versie ongedaan, als een nieuwe versie', 'Undo a version, as a new version'),
      parameters: [
        path('number', '1', 'Nummer van de versie', 'Number of the version'),
        query('force', 'Laat staan wat sindsdien opnieuw gewijzigd is', 'Leave what was changed again since', { schema: { type: 'string' } }),
        ...writeParameters,
      ],
      answers: [written, ...problems(404), ...writeProblems],
      access: 'write',
      mayBeMissing: true,
    },
    {
      method: 'get',
      routes: ['/diff'],
      summary: text('Het verschil tussen twee toestanden', 'The difference between two states'),
      parameters: [
        query('from', 'Versie, dag of tijdstip', 'Version, day or moment', { required: true, example: '1' }),
        query('to', 'Versie, dag of tijdstip; zonder: nu', 'Version, day or moment; without: now'),
        query('dataset', 'Alleen van deze dataset', 'Only of this dataset'),
        query('entity', 'Alleen van dit ding (IRI)', 'Only of this thing (IRI)'),
      ],
      answers: [ok('Het verschil', 'The difference', [json, html, 'application/rdf-patch'], 'Verschil'), unchanged, ...problems(400, 404, 406, 413, 503)],
    },
    {
      method: 'get',
      routes: ['/timemap'],
      summary: text('De versies van een ding (Memento, RFC 7089)', 'The versions of a thing (Memento, RFC 7089)'),
      parameters: [thing, query('na', 'Versies na dit nummer', 'Versions after this number', { schema: { type: 'integer' } }), ifNoneMatch],
      answers: [ok('De versies', 'The versions', ['application/link-format', json]), unchanged, ...problems(400, 404, 406)],
    },
    {
      method: 'get',
      routes: ['/timegate'],
      summary: text('Ga naar een ding zoals het was (Memento, RFC 7089)', 'Go to a thing as it was (Memento, RFC 7089)'),
      parameters: [thing, header('Accept-Datetime', 'Tijdstip (RFC 9110 §5.6.7)', 'Moment (RFC 9110 §5.6.7)')],
      answers: [{ status: 302, text: text('De versie staat op Location', 'The version is at Location') }, ...problems(400, 404)],
    },
  ],
};
