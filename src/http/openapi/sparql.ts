import type { Area } from './contract.js';
import { html, graphTypes, ifNoneMatch, json, moment, ok, problems, proposals, query, resultTypes, text, unchanged, writeParameters, writeProblems, written } from './parts.js';

const example = 'SELECT ?type (COUNT(*) AS ?aantal) WHERE { ?ding a ?type } GROUP BY ?type';
const update = 'INSERT DATA { <http://example.org/ding> <http://purl.org/dc/terms/title> "Een ding"@nl }';

const options = [
  query('default-graph-uri', 'Graaf die bij de standaardgraaf van de vraag hoort; mag herhaald', 'Graph that joins the default graph of the query; may be repeated', { schema: { type: 'string', format: 'iri' } }),
  query('named-graph-uri', 'Benoemde graaf die de vraag ziet; mag herhaald', 'Named graph the query sees; may be repeated', { schema: { type: 'string', format: 'iri' } }),
  proposals,
  moment,
  query('timeout', 'Hoogstens zo lang, nooit meer dan de dienst toelaat: 5s, 1500ms; zonder eenheid seconden, vanaf 100 milliseconden', 'At most so long, never more than the service allows: 5s, 1500ms; without a unit seconds, from 100 on milliseconds', { schema: { type: 'string', examples: ['5s', '1500ms', '5'] } }),
  query('min-commit', 'Antwoord pas vanaf deze versie', 'Answer only from this version on', { schema: { type: 'integer', minimum: 0 } }),
  query('format', 'Vorm van het antwoord; gaat voor op Accept', 'Form of the answer; goes before Accept', { schema: { type: 'string', examples: ['json', 'xml', 'csv', 'tsv', 'ttl', 'jsonld'] } }),
];

const answers = [ok('Het antwoord op de vraag', 'The answer to the query', [...resultTypes, ...graphTypes, html]), unchanged, ...problems(400, 403, 404, 406, 413, 415, 429, 503, 507)];

const usingGraphs = [
  query('using-graph-uri', 'Graaf waarin WHERE zoekt; mag herhaald', 'Graph WHERE reads; may be repeated', { schema: { type: 'string', format: 'iri' } }),
  query('using-named-graph-uri', 'Benoemde graaf waarin WHERE zoekt; mag herhaald', 'Named graph WHERE reads; may be repeated', { schema: { type: 'string', format: 'iri' } }),
];

export const sparql: Area = {
  name: 'sparql',
  title: text('SPARQL', 'SPARQL'),
  text: text('Het hele SPARQL 1.1 Protocol. Browsers krijgen een pagina met een formulier.', 'The whole SPARQL 1.1 Protocol. Browsers get a page with a form.'),
  operations: [
    {
      method: 'get',
      routes: ['/sparql'],
      summary: text('Stel een vraag; zonder vraag de beschrijving van de dienst', 'Ask a query; without one the service description'),
      parameters: [query('query', 'De vraag in SPARQL 1.1', 'The SPARQL 1.1 query', { example }), query('voorbeeld', 'Naam van een vraag van /vragen die de pagina invult', 'Name of a question of /vragen that the page fills in'), ...options, ifNoneMatch],
      answers,
    },
    {
      method: 'post',
      routes: ['/sparql'],
      summary: text('Stel een (lange) vraag, of voer met een token een update uit', 'Ask a (long) query, or with a token carry out an update'),
      parameters: options,
      body: {
        text: text('De vraag zelf, of een formulier met "query" (of "update")', 'The query itself, or a form with "query" (or "update")'),
        types: { 'application/sparql-query': example, 'application/x-www-form-urlencoded': `query=${encodeURIComponent(example)}` },
      },
      answers: [...answers.filter(({ status }) => status !== 304), ...problems(401, 409, 412, 422)],
    },
    {
      method: 'post',
      routes: ['/sparql/update'],
      summary: text('Voer een SPARQL 1.1 Update uit', 'Carry out a SPARQL 1.1 update'),
      details: text('Eén verzoek is één wijziging: alles of niets. Zonder GRAPH schrijft u in de dataset "standaard".', 'One request is one change: all or nothing. Without GRAPH the dataset "standaard" is written.'),
      parameters: [...usingGraphs, ...writeParameters],
      body: { text: text('De update zelf, of een formulier met "update"', 'The update itself, or a form with "update"'), types: { 'application/sparql-update': update, 'application/x-www-form-urlencoded': `update=${encodeURIComponent(update)}` } },
      answers: [{ ...written, types: [json] }, ...problems(404), ...writeProblems],
      access: 'write',
    },
  ],
};
