import { collections } from '../collections/table.js';
import type { Area } from './contract.js';
import { graphTypes, html, ifNoneMatch, json, moment, ok, path, problems, query, resultTypes, text, unchanged } from './parts.js';

const csv = 'text/csv';
const listParameters = [
  query('q', 'Al deze woorden, in namen, beschrijvingen of nummers', 'All these words, in names, descriptions or numbers', { example: 'gent' }),
  ...(['helix', 'type', 'domein', 'uitdaging', 'fase', 'laag'] as const).map((name) => query(name, 'Sleutel, Nederlandse naam of IRI; mag herhaald (of); welke een lijst heeft, zegt een fout', 'Key, Dutch name or IRI; may be repeated (or); a wrong one tells which a list has')),
  query('gemeente', 'Naam, NIS-code of IRI van een gemeente', 'Name, NIS code or IRI of a municipality'),
  query('bronstatus', '"alle" (met voorstellen), of aangenomen, extern, afgeleid, voorgesteld', '"alle" (with proposals), or aangenomen, extern, afgeleid, voorgesteld'),
  query('sorteer', 'naam of een kolom; met - ervoor omgekeerd', 'naam or a column; with - in front the other way round'),
  query('pagina', 'Bladzijde, vanaf 1', 'Page, from 1', { schema: { type: 'integer', minimum: 1 } }),
  query('aantal', 'Per bladzijde', 'Per page', { schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } }),
  query('taal', 'Taal van de teksten; * geeft alle talen', 'Language of the texts; * gives all languages'),
  query('formaat', 'Achtervoegsel van de vorm, ook csv-excel', 'Suffix of the form, csv-excel too'),
  moment,
  ifNoneMatch,
];
const listAnswers = [ok('Een bladzijde van de lijst', 'A page of the list', [...graphTypes, csv, html], 'Lijst'), unchanged, ...problems(400, 404, 406)];
const name = path('name', 'bs01-bouwstenen', 'Naam van de vraag, ook met .json, .xml, .csv of .tsv', 'Name of the question, also with .json, .xml, .csv or .tsv');

/** Lists and answers without SPARQL. */
export const reading: Area = {
  name: 'lijsten',
  title: text('Lijsten en vragen die klaarstaan', 'Lists and ready questions'),
  text: text('Lijsten met filters en bladzijden, en vragen met hun antwoord van nu.', 'Lists with filters and pages, and questions with their answer of now.'),
  operations: [
    ...collections.flatMap((collection) => [
      { method: 'get', routes: [`/${collection.name}`], summary: text(`Lijst: ${collection.title.nl}`, `List: ${collection.title.en}`), parameters: listParameters, answers: listAnswers } as const,
      {
        method: 'get',
        routes: [`/${collection.name}.:suffix`],
        summary: text(`Lijst in een vaste vorm: ${collection.title.nl}`, `List in a fixed form: ${collection.title.en}`),
        parameters: [path('suffix', 'csv', 'csv, ttl, jsonld, json, nt, nq, trig of rdf', 'csv, ttl, jsonld, json, nt, nq, trig or rdf'), ...listParameters],
        answers: listAnswers,
      } as const,
    ]),
    { method: 'get', routes: ['/overzicht'], summary: text('Alle soorten dingen, en de dingen van een soort', 'All kinds of things, and the things of a kind'), parameters: [query('soort', 'IRI van een soort; mag herhaald', 'IRI of a kind; may be repeated'), query('pagina', 'Bladzijde, vanaf 1', 'Page, from 1', { schema: { type: 'integer', minimum: 1 } }), ifNoneMatch], answers: [ok('De pagina', 'The page', [html]), unchanged, ...problems(400, 404, 406)] },
    { method: 'get', routes: ['/vragen', '/vragen.jsonld', '/vragen.json'], summary: text('De vragen die klaarstaan', 'The questions that are ready'), parameters: [ifNoneMatch], answers: [ok('De vragen, met hun SPARQL', 'The questions, with their SPARQL', ['application/ld+json', json, html]), unchanged, ...problems(406)] },
    { method: 'get', routes: ['/vragen/:name'], summary: text('Het antwoord op een vraag, van nu', 'The answer to a question, of now'), parameters: [name, ifNoneMatch], answers: [ok('Het antwoord', 'The answer', [...resultTypes, html]), unchanged, ...problems(404, 406, 503)] },
  ],
};
