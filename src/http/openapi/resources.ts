import type { Area } from './contract.js';
import { createdNew, graphTypes, header, html, ifNoneMatch, json, moment, ok, path, problems, proposals, query, rdfBody, text, unchanged, writeParameters, writeProblems, written } from './parts.js';

const about = path('path', 'actor/gent', 'Soort en naam, bijvoorbeeld actor/gent; bij /doc ook met een achtervoegsel (actor/gent.ttl)', 'Kind and name, for instance actor/gent; at /doc also with a suffix (actor/gent.ttl)');
const dataset = query('dataset', 'Dataset (naam of IRI) waarin u schrijft; mag weg als uw token er maar één kan schrijven', 'Dataset (name or IRI) to write; may be left out when your token can write only one', { example: 'proef' });
const iri = query('iri', 'IRI van het ding', 'IRI of the thing', { example: 'http://localhost:3000/id/actor/gent', schema: { type: 'string', format: 'iri' } });
const form = query('formaat', 'Achtervoegsel van de vorm (ttl, jsonld, …), in plaats van Accept', 'Suffix of the form (ttl, jsonld, …), in place of Accept');
const turtle = '<http://localhost:3000/id/actor/gent> <http://purl.org/dc/terms/title> "Gent"@nl .';
const body = rdfBody(turtle, 'Alles wat de dataset voortaan over dit ding zegt', 'All the dataset says of this thing from now on');
const ifNew = header('If-None-Match', '"*": alleen als het er nog niet is', '"*": only when it is not there yet');
const then = header('Accept-Datetime', 'Tijdstip waarvan u de versie wilt (RFC 7089)', 'Moment of which you want the version (RFC 7089)');
const read = [
  ok('Wat wij ervan weten', 'What is known of it', [...graphTypes, html]),
  { status: 302, text: text('Met Accept-Datetime: de versie van toen staat op Location', 'With Accept-Datetime: the version of then is at Location') },
  unchanged,
  ...problems(400, 404, 406, 410),
];
const force = query('force', 'Verwijder ook als er nog naar verwezen wordt', 'Delete although others refer to it', { schema: { type: 'string' } });
const removed = [written, ...problems(404), ...writeProblems];
const put = { method: 'put', summary: text('Vervang wat één dataset over een ding zegt', 'Replace what one dataset says of a thing'), body, answers: [written, createdNew, ...writeProblems], access: 'write' } as const;
const remove = { method: 'delete', summary: text('Verwijder wat één dataset over een ding zegt', 'Remove what one dataset says of a thing'), answers: removed, access: 'write' } as const;

export const resources: Area = {
  name: 'dingen',
  title: text('Dingen en hun documenten', 'Things and their documents'),
  text: text('Elk ding heeft een adres (/id/…) dat naar zijn document leidt (/doc/…): een pagina, JSON-LD of een andere RDF-vorm.', 'Every thing has an address (/id/…) that leads to its document (/doc/…): a page, JSON-LD or another RDF form.'),
  operations: [
    {
      method: 'get',
      routes: ['/id/*path'],
      summary: text('Ga naar het document van een ding', 'Go to the document of a thing'),
      parameters: [about],
      answers: [{ status: 303, text: text('Het document staat op Location', 'The document is at Location') }],
    },
    {
      method: 'get',
      routes: ['/.well-known/genid/*id'],
      summary: text('Ga naar het document van een deel zonder eigen adres', 'Go to the document of a part without an address of its own'),
      parameters: [path('id', '2612f09d-daa0-4719-b1a2-e527052b5e82', 'Wat in streams, downloads en SPARQL na /.well-known/genid/ staat', 'What follows /.well-known/genid/ in streams, downloads and SPARQL')],
      answers: [{ status: 303, text: text('Het document staat op Location', 'The document is at Location') }],
    },
    { method: 'get', routes: ['/doc/*path'], summary: text('Wat wij van een ding weten', 'What is known of a thing'), parameters: [about, proposals, moment, ifNoneMatch, then], answers: read },
    {
      method: 'get',
      routes: ['/doc'],
      summary: text('Zoek een document op IRI of nummer', 'Find a document by IRI or number'),
      parameters: [
        iri,
        query('kbo', 'Ondernemingsnummer', 'Company number'),
        query('ovo', 'OVO-code van een Vlaamse overheidsorganisatie', 'OVO code of a Flemish government organisation'),
        query('nis', 'NIS-code van een gebied', 'NIS code of a territory'),
        form,
        proposals,
        moment,
        ifNoneMatch,
        then,
      ],
      answers: [
        ...read,
        { status: 303, text: text('Het document van wat dat nummer draagt staat op Location', 'The document of what carries that number is at Location') },
        { status: 300, text: text('Verschillende dingen dragen dat nummer', 'Several things carry that number'), types: [json, html] },
      ],
    },
    { ...put, routes: ['/id/*path', '/doc/*path'], parameters: [about, dataset, ifNew, ...writeParameters] },
    { ...put, routes: ['/doc'], parameters: [iri, dataset, ifNew, ...writeParameters] },
    { ...remove, routes: ['/id/*path', '/doc/*path'], parameters: [about, dataset, { ...force, example: '' }, ...writeParameters] },
    { ...remove, routes: ['/doc'], parameters: [iri, dataset, { ...force, example: '' }, ...writeParameters] },
  ],
};
