import type { Area } from './contract.js';
import { html, ifNoneMatch, json, ok, path, problems, query, text, unchanged } from './parts.js';

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
  ],
};
