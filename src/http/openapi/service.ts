import { iconPath, stylePath } from '../../pages/style.js';
import { prose } from '../../pages/prose.js';
import type { Area } from './contract.js';
import { graphTypes, html, ifNoneMatch, json, ok, path, problems, query, text, unchanged } from './parts.js';

const page = [ok('De pagina', 'The page', [html])];

/** The service itself: state, versions, vocabulary, explanations, files of the pages. */
export const service: Area = {
  name: 'dienst',
  title: text('De dienst', 'The service'),
  text: text('Toestand, versies, woordenschat en uitleg.', 'State, versions, vocabulary and explanations.'),
  operations: [
    { method: 'get', routes: ['/'], summary: text('Startpagina; voor programma’s de ingangen', 'Home page; for programs the entry points'), answers: [ok('De pagina of de ingangen', 'The page or the entry points', [json, html]), unchanged, ...problems(406)] },
    { method: 'get', routes: ['/status'], summary: text('Toestand: klaar of niet, versie en controlegetal', 'State: ready or not, version and hash'), answers: [ok('Klaar', 'Ready', [json, html], 'Toestand'), { status: 503, text: text('Nog niet klaar', 'Not ready yet'), types: [json, html], schema: 'Toestand' }] },
    { method: 'get', routes: ['/metrics'], summary: text('Tellers voor Prometheus', 'Counters for Prometheus'), answers: [ok('De tellers', 'The counters', ['text/plain'])] },
    {
      method: 'get',
      routes: ['/openapi.json'],
      summary: text('Deze beschrijving (OpenAPI 3.1)', 'This description (OpenAPI 3.1)'),
      parameters: [query('taal', 'nl of en', 'nl or en', { schema: { type: 'string', enum: ['nl', 'en'] } }), ifNoneMatch],
      answers: [ok('De beschrijving', 'The description', [json]), unchanged],
    },
    { method: 'get', routes: ['/api'], summary: text('Deze beschrijving als pagina', 'This description as a page'), answers: [ok('De pagina, of JSON als u dat vraagt', 'The page, or JSON when asked', [html, json]), unchanged, ...problems(406)] },
    { method: 'get', routes: ['/ns', '/ns.ttl', '/ns.jsonld'], summary: text('Onze woordenschat', 'Our vocabulary'), parameters: [ifNoneMatch], answers: [ok('De woordenschat', 'The vocabulary', [...graphTypes, html]), unchanged, ...problems(406)] },
    { method: 'get', routes: ['/context/:name.jsonld'], summary: text('JSON-LD-context', 'JSON-LD context'), parameters: [path('name', 'v1', 'Naam van de context', 'Name of the context')], answers: [ok('De context', 'The context', ['application/ld+json']), ...problems(404)] },
    { method: 'get', routes: Object.keys(prose).map((name) => `/${name}`), summary: text('Uitleg', 'Explanation'), answers: page },
    { method: 'get', routes: ['/problemen'], summary: text('Alle foutcodes', 'All error codes'), answers: page },
    { method: 'get', routes: ['/problemen/:code'], summary: text('Een foutcode, en wat u kunt doen', 'An error code, and what to do'), parameters: [path('code', 'not-found', 'De code', 'The code')], answers: [...page, ...problems(404)] },
    { method: 'get', routes: [stylePath], summary: text('Stijl van de pagina’s', 'Style of the pages'), answers: [ok('Het stijlblad', 'The style sheet', ['text/css'])] },
    { method: 'get', routes: [iconPath, '/favicon.ico'], summary: text('Pictogram', 'Icon'), answers: [ok('Het pictogram', 'The icon', ['image/svg+xml'])] },
    {
      method: 'get',
      routes: ['/assets/editor/:version/:name'],
      summary: text('Onderdelen van de pagina voor vragen', 'Parts of the query page'),
      parameters: [path('version', '0', 'Versie', 'Version'), path('name', 'yasqe.js', 'Naam', 'Name')],
      answers: [ok('Het bestand', 'The file', ['text/javascript', 'text/css', json]), ...problems(404)],
      access: 'session',
    },
  ],
};
