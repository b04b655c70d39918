import type { Area } from './contract.js';
import { graphTypes, html, ifNoneMatch, json, ok, path, problems, query, rdfTypes, text, unchanged } from './parts.js';

const stream = path('stream', 'alles', 'Naam van de stream', 'Name of the stream');
const slug = path('slug', 'proef', 'Korte naam van de dataset', 'Short name of the dataset');

export const streams: Area = {
  name: 'streams',
  title: text('Gebeurtenisstromen (LDES)', 'Event streams (LDES)'),
  text: text('Alles wat verandert, als stroom van versies of activiteiten. /ldes noemt alle streams.', 'All that changes, as a stream of versions or activities. /ldes lists all streams.'),
  operations: [
    { method: 'get', routes: ['/ldes'], summary: text('Alle streams', 'All streams'), parameters: [ifNoneMatch], answers: [ok('De lijst', 'The list', [...graphTypes, html]), unchanged, ...problems(406)] },
    {
      method: 'get',
      routes: ['/ldes/*path'],
      summary: text('Een stream of een bladzijde ervan', 'A stream or a page of it'),
      parameters: [path('path', 'alles', 'Stream of bladzijde, ook met een achtervoegsel', 'Stream or page, also with a suffix'), query('at', 'Begin bij dit tijdstip', 'Begin at this moment', { schema: { type: 'string', format: 'date-time' } }), ifNoneMatch],
      answers: [ok('De bladzijde (TREE); uitleg in HTML bij de eerste', 'The page (TREE); the first explained in HTML', [...rdfTypes, json, html]), unchanged, { status: 302, text: text('Verder op Location', 'Continue at Location') }, ...problems(400, 404, 406, 410, 503)],
    },
    {
      method: 'get',
      routes: ['/ldes/lid/:commit/:id'],
      summary: text('Een lid van een stream bij zijn eigen adres', 'A member of a stream by its own address'),
      parameters: [path('commit', '1', 'Nummer van de commit', 'Number of the commit'), path('id', '0123456789abcdef0123', 'Kenmerk van het lid', 'Mark of the member'), ifNoneMatch],
      answers: [ok('Het lid (TREE)', 'The member (TREE)', [...rdfTypes, json]), unchanged, ...problems(404, 406, 410, 503)],
      mayBeMissing: true,
    },
    ...(
      [
        ['/ldes/:stream/gebeurtenissen', stream],
        ['/ldes/dataset/:slug/gebeurtenissen', slug],
      ] as const
    ).map(([route, parameter]) => ({
      method: 'get' as const,
      routes: [route],
      summary: text('Hoor het als een stream verandert (server-sent events)', 'Hear when a stream changes (server-sent events)'),
      parameters: [parameter],
      answers: [ok('Een melding per wijziging', 'A message for each change', ['text/event-stream']), ...problems(404, 503)],
      mayBeMissing: true,
    })),
    ...(
      [
        ['/ldes/:stream/conformiteit', stream],
        ['/ldes/dataset/:slug/conformiteit', slug],
      ] as const
    ).map(([route, parameter]) => ({
      method: 'get' as const,
      routes: [route],
      summary: text('Voldoet de stream aan LDES en TREE? (EARL)', 'Does the stream follow LDES and TREE? (EARL)'),
      parameters: [parameter, ifNoneMatch],
      answers: [ok('Het verslag', 'The report', graphTypes), unchanged, ...problems(404, 406, 503)],
      mayBeMissing: true,
    })),
  ],
};
