import { graphOffers } from '../formats.js';
import type { Area } from './contract.js';
import { createdNew, graphTypes, html, ifNoneMatch, json, ok, path, problems, query, rdfBody, rdfTypes, text, unchanged, writeParameters, writeProblems, written } from './parts.js';

/* For clients of LBLOD; see the streams. */
const jsonApi = 'application/vnd.api+json';
const slug = path('slug', 'proef', 'Korte naam van de dataset', 'Short name of the dataset');
const turtle = '<http://example.org/fiets> <http://purl.org/dc/terms/title> "Fiets"@nl .';
const described = '{"titel": "Proef", "licentie": "https://creativecommons.org/publicdomain/zero/1.0/"}';
const base = query('basis', 'Basis voor relatieve IRI’s in het bestand', 'Base for relative IRIs in the document');
const file = query('bestand', 'Naam van het bestand, voor het verslag', 'Name of the file, for the report');
const content = ['/datasets/:slug/inhoud', ...graphOffers.map(({ suffix }) => `/datasets/:slug/inhoud.${suffix}`)];
const body = rdfBody(turtle, 'De inhoud, in een RDF-vorm', 'The content, in an RDF form');
const either = { text: text('JSON beschrijft de dataset; RDF is zijn inhoud', 'JSON describes the dataset; RDF is its content'), types: { [json]: described, ...Object.fromEntries(rdfTypes.map((type) => [type, ''])) } };
const graph = query('graph', 'IRI van de graaf', 'IRI of the graph', { example: 'http://localhost:3000/id/dataset/proef', schema: { type: 'string', format: 'iri' } });
const byDefault = query('default', 'De standaardgraaf, in plaats van graph', 'The default graph, in place of graph', { schema: { type: 'string' } });
const replaced = text('Vervang de inhoud', 'Replace the content');
const added = text('Voeg inhoud toe', 'Add content');
const emptied = text('Maak leeg', 'Empty it');
const patched = text('Wijzig een graaf met een SPARQL-update', 'Patch a graph with a SPARQL update');
const patch = { text: text('De update; ze ziet alleen deze graaf', 'The update; it sees this graph only'), types: { 'application/sparql-update': 'INSERT DATA { <http://example.org/fiets> <http://purl.org/dc/terms/title> "Velo"@nl }' } };
const ownName = path('name', 'eigen', 'Pad van de graaf', 'Path of the graph');
const writtenOrNew = [written, createdNew, ...writeProblems];

export const datasets: Area = {
  name: 'datasets',
  title: text('Datasets', 'Datasets'),
  text: text('Elke dataset is een benoemde graaf met een beschrijving (DCAT). Restricted datasets bestaan alleen voor wie er recht op heeft.', 'Every dataset is a named graph with a description (DCAT). Restricted datasets exist only for who has the right.'),
  operations: [
    { method: 'get', routes: ['/datasets'], summary: text('Alle datasets', 'All datasets'), parameters: [ifNoneMatch], answers: [ok('De catalogus', 'The catalogue', [...graphTypes, html, jsonApi]), unchanged, ...problems(406)] },
    { method: 'get', routes: ['/datasets/:slug'], aliases: ['/datasets/:id'], summary: text('Beschrijving van een dataset', 'Description of a dataset'), parameters: [slug, ifNoneMatch], answers: [ok('De beschrijving', 'The description', [...graphTypes, html, jsonApi]), unchanged, ...problems(404, 406)] },
    { method: 'get', routes: content, summary: text('De hele inhoud van een dataset', 'All of a dataset'), parameters: [slug, ifNoneMatch], answers: [ok('De inhoud', 'The content', graphTypes), unchanged, ...problems(404, 406)] },
    { method: 'put', routes: ['/datasets/:slug'], summary: text('Beschrijf een dataset (JSON), of vervang de inhoud (RDF)', 'Describe a dataset (JSON), or replace its content (RDF)'), parameters: [slug, ...writeParameters], body: either, answers: writtenOrNew, access: 'write' },
    { method: 'post', routes: ['/datasets/:slug'], summary: text('Beschrijf een dataset (JSON), of voeg inhoud toe (RDF)', 'Describe a dataset (JSON), or add content (RDF)'), parameters: [slug, ...writeParameters], body: either, answers: writtenOrNew, access: 'write' },
    { method: 'put', routes: content, summary: replaced, parameters: [slug, base, file, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'post', routes: content, summary: added, parameters: [slug, base, file, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'delete', routes: content, summary: emptied, parameters: [slug, ...writeParameters], answers: [written, ...problems(404), ...writeProblems], access: 'write' },
    { method: 'delete', routes: ['/datasets/:slug'], summary: text('Verwijder een dataset: inhoud en beschrijving', 'Remove a dataset: content and description'), parameters: [{ ...slug, example: 'weg' }, ...writeParameters], answers: [written, ...problems(404), ...writeProblems], access: 'write' },
    { method: 'get', routes: ['/graphs'], summary: text('Een graaf (SPARQL 1.1 Graph Store HTTP Protocol)', 'A graph (SPARQL 1.1 Graph Store HTTP Protocol)'), parameters: [graph, byDefault, ifNoneMatch], answers: [ok('De graaf', 'The graph', graphTypes), unchanged, ...problems(400, 404, 406)] },
    { method: 'put', routes: ['/graphs'], summary: replaced, parameters: [graph, byDefault, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'post', routes: ['/graphs'], summary: added, parameters: [graph, byDefault, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'delete', routes: ['/graphs'], summary: emptied, parameters: [graph, byDefault, ...writeParameters], answers: [written, ...problems(404), ...writeProblems], access: 'write' },
    { method: 'patch', routes: ['/graphs'], summary: patched, parameters: [graph, byDefault, ...writeParameters], body: patch, answers: [written, createdNew, ...writeProblems], access: 'write' },
    { method: 'get', routes: ['/graphs/*name'], summary: text('Een graaf op haar eigen adres', 'A graph at its own address'), parameters: [ownName, ifNoneMatch], answers: [ok('De graaf', 'The graph', graphTypes), unchanged, ...problems(404, 406)], mayBeMissing: true },
    { method: 'put', routes: ['/graphs/*name'], summary: replaced, parameters: [ownName, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'post', routes: ['/graphs/*name'], summary: added, parameters: [ownName, ...writeParameters], body, answers: writtenOrNew, access: 'write' },
    { method: 'patch', routes: ['/graphs/*name'], summary: patched, parameters: [ownName, ...writeParameters], body: patch, answers: [written, createdNew, ...writeProblems], access: 'write' },
    { method: 'delete', routes: ['/graphs/*name'], summary: text('Verwijder een graaf', 'Remove a graph'), parameters: [ownName, ...writeParameters], answers: [written, ...problems(404), ...writeProblems], access: 'write', mayBeMissing: true },
    {
      method: 'get',
      routes: ['/.well-known/void', '/void', ...graphOffers.map(({ suffix }) => `/void.${suffix}`)],
      summary: text('Wat er in de graaf zit, in getallen (VoID)', 'What is in the graph, in numbers (VoID)'),
      parameters: [ifNoneMatch],
      answers: [ok('De beschrijving', 'The description', graphTypes), unchanged, { status: 303, text: text('Verder op Location', 'Continue at Location') }, ...problems(406, 503)],
    },
    {
      method: 'get',
      routes: ['/catalog', ...graphOffers.map(({ suffix }) => `/catalog.${suffix}`)],
      summary: text('De openbare catalogus (DCAT)', 'The public catalogue (DCAT)'),
      parameters: [query('profiel', '"hvd": alleen de datasets van hoge waarde', '"hvd": only the high-value datasets', { schema: { type: 'string', enum: ['hvd'] } }), ifNoneMatch],
      answers: [ok('De catalogus', 'The catalogue', graphTypes), unchanged, { status: 303, text: text('Voor een browser: /datasets', 'For a browser: /datasets') }, ...problems(400, 406)],
    },
  ],
};
