import type { Area } from './contract.js';
import { graphTypes, html, json, ok, path, problems, query, rdfBody, text, written } from './parts.js';

const turtle = '<http://localhost:3000/id/actor/x> a <http://www.w3.org/ns/org#Organization> .';
const body = rdfBody(turtle, 'De gegevens, in een RDF-vorm', 'The data, in an RDF form');
const form = { 'application/x-www-form-urlencoded': '' };
const secret = { text: text('Formulier met het geheim van de pagina', 'Form with the secret of the page'), types: form };
const draft = path('id', '1', 'Nummer van het ontwerp', 'Id of the draft');
const version = path('number', '1', 'Nummer van de versie', 'Number of the version');
const draftAnswers = [ok('De pagina', 'The page', [html]), { status: 303, text: text('Verder op Location', 'Continue at Location') }, ...problems(400, 401, 403, 404, 409, 415, 422)];

/** Checking without writing, and the page that loads files. */
export const checking: Area = {
  name: 'controle',
  title: text('Controleren en laden', 'Checking and loading'),
  text: text('Controleer gegevens zonder te schrijven, of laad een bestand met de pagina /laden (een sessie met een cookie).', 'Check data without writing, or load a file with the page /laden (a session with a cookie).'),
  operations: [
    {
      method: 'post',
      routes: ['/validatie'],
      summary: text('Controleer gegevens met de regels (SHACL)', 'Check data with the rules (SHACL)'),
      parameters: [
        query('dataset', 'Controleer alsof de gegevens in deze dataset komen', 'Check as if the data were loaded into this dataset'),
        query('profile', 'Toets aan een gepubliceerd profiel in plaats van aan onze regels', 'Hold against a published profile instead of our rules', { schema: { type: 'string', enum: ['oslo'] } }),
      ],
      body: { ...body, types: { ...body.types, 'multipart/form-data': '' }, text: text('RDF, of een formulier met "data" en eventueel "shapes" (dan alleen die)', 'RDF, or a form with "data" and optionally "shapes" (then only those)') },
      answers: [ok('Het controleverslag (sh:ValidationReport)', 'The validation report (sh:ValidationReport)', [...graphTypes, html]), ...problems(400, 406, 413, 415, 422, 503)],
    },
    {
      method: 'post',
      routes: ['/validatie/verschil'],
      summary: text('Wat zou laden veranderen?', 'What would a load change?'),
      parameters: [
        query('dataset', 'Dataset om mee te vergelijken', 'Dataset to compare with', { required: true, example: 'proef' }),
        query('wijze', 'toevoegen: als toevoeging; anders als vervanging', 'toevoegen: as addition; otherwise as replacement', { schema: { type: 'string', enum: ['toevoegen'] } }),
      ],
      body,
      answers: [{ ...written, types: [json] }, ...problems(400, 401, 403, 404, 413, 415, 422, 503)],
      access: 'write',
    },
    { method: 'get', routes: ['/laden'], summary: text('De pagina om een bestand te laden', 'The page to load a file'), answers: [ok('De pagina', 'The page', [html])] },
    { method: 'post', routes: ['/laden/aanmelden'], summary: text('Meld u aan met een token', 'Sign in with a token'), body: { text: text('Formulier met "token"', 'Form with "token"'), types: form }, answers: [{ status: 303, text: text('Aangemeld', 'Signed in') }, { status: 401, text: text('Het token is niet geldig', 'The token is not valid'), types: [html, 'application/problem+json'] }, ...problems(400, 403, 415)], access: 'session' },
    { method: 'post', routes: ['/laden/afmelden'], summary: text('Meld u af', 'Sign out'), body: secret, answers: [{ status: 303, text: text('Afgemeld', 'Signed out') }, ...problems(400, 401, 403, 415)], access: 'session' },
    { method: 'post', routes: ['/laden/controleren'], summary: text('Laad een bestand als ontwerp', 'Load a file as a draft'), body: { text: text('Formulier met dataset, wijze en bestand', 'Form with dataset, way and file'), types: { 'multipart/form-data': '' } }, answers: [{ status: 303, text: text('Het ontwerp staat op Location', 'The draft is at Location') }, ok('De pagina, met wat er ontbreekt', 'The page, with what is missing', [html]), ...problems(400, 401, 403, 413, 415, 422)], access: 'session' },
    { method: 'get', routes: ['/laden/ontwerp/:id'], summary: text('Een ontwerp met zijn controleverslag', 'A draft with its validation report'), parameters: [draft], answers: draftAnswers, access: 'session' },
    { method: 'post', routes: ['/laden/ontwerp/:id/publiceren'], summary: text('Publiceer een ontwerp', 'Publish a draft'), parameters: [draft], body: secret, answers: draftAnswers, access: 'session' },
    { method: 'post', routes: ['/laden/ontwerp/:id/weggooien'], summary: text('Gooi een ontwerp weg', 'Discard a draft'), parameters: [draft], body: secret, answers: draftAnswers, access: 'session' },
    { method: 'get', routes: ['/laden/ongedaan/:number'], summary: text('Wat ongedaan maken van een versie zou veranderen', 'What undoing a version would change'), parameters: [version], answers: draftAnswers, access: 'session' },
    { method: 'post', routes: ['/laden/ongedaan/:number'], summary: text('Maak een versie ongedaan', 'Undo a version'), parameters: [version], body: secret, answers: draftAnswers, access: 'session' },
  ],
};
