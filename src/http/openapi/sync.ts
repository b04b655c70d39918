import type { Area, Operation, Parameter } from './contract.js';
import { header, html, ifNoneMatch, json, ok, path, problems, query, text, unchanged } from './parts.js';

const jsonApi = 'application/vnd.api+json';
const types = [jsonApi, html];
const stream = path('stream', 'alle', 'Naam van de delta-stroom', 'Name of the delta stream');
const id = path('id', '0', 'Nummer (UUID), zoals een lijst het noemt', 'Id (UUID), as a list names it');
const file = path('file', 'alle.nq.gz', 'Naam van het bestand, zoals /dumps het noemt', 'Name of the file, as /dumps lists it');
const listing = [
  query('since', 'Tijdstip; zonder: alles wat bewaard is', 'Moment; without: all that is kept', { schema: { type: 'string', format: 'date-time' } }),
  query('limit', 'Hoogstens zoveel bestanden', 'At most so many files', { schema: { type: 'integer', minimum: 1, maximum: 1000 } }),
];
/* JSON:API errors where its clients ask. */
const failures = problems(400, 401, 403, 404, 406, 410, 503).map((answer) => ({ status: answer.status, text: answer.text, types: [...types, 'application/problem+json'] }));

function read(route: string | readonly string[], nl: string, en: string, parameters: readonly Parameter[], given: readonly string[] = types): Operation {
  return { method: 'get', routes: [route].flat(), summary: text(nl, en), parameters, answers: [ok('Het antwoord', 'The answer', given), ...failures, unchanged], mayBeMissing: true };
}

/** A download that broke off goes on with `Range` (RFC 9110 §14). */
function withRanges(operation: Operation): Operation {
  const part = { status: 206, text: text('Het gevraagde deel', 'The part asked for') };
  const parameters = [...(operation.parameters ?? []), header('Range', 'Alleen een deel, bijvoorbeeld bytes=1000-', 'Only a part, for instance bytes=1000-')];
  return { ...operation, parameters, answers: [...operation.answers, part, { status: 416, text: text('Dit deel is er niet; Content-Range zegt hoe groot het bestand is', 'There is no such part; Content-Range says how large the file is') }] };
}

/** LBLOD delta sync and full downloads. */
export const sync: Area = {
  name: 'afnemen',
  title: text('Meelopen en downloaden', 'Following and downloading'),
  text: text('Dumps en delta-bestanden zoals de diensten van LBLOD ze lezen (JSON:API), en volledige downloads.', 'Dumps and delta files as the services of LBLOD read them (JSON:API), and full downloads.'),
  operations: [
    read('/sync', 'Alle delta-stromen', 'All delta streams', [], [...types, json]),
    read('/sync/:stream', 'Een delta-stroom', 'A delta stream', [stream], [...types, json]),
    read('/sync/:stream/files', 'De delta-bestanden na een tijdstip, oudste eerst', 'The delta files later than a moment, oldest first', [stream, ...listing]),
    read('/sync/files', 'De delta-bestanden van de stroom alle', 'The delta files of the stream of everything', listing),
    {
      method: 'post',
      routes: ['/sync/:stream/login'],
      summary: text('Meld een afnemer aan bij een gesloten stroom', 'Sign a consumer in to a closed stream'),
      parameters: [stream],
      body: { text: text('Niets; het token staat in de kop', 'Nothing; the token is in the header'), types: { [json]: '' } },
      answers: [{ status: 201, text: text('Aangemeld', 'Signed in'), types: [jsonApi] }, ...failures],
      mayBeMissing: true,
    },
    read(['/sync/:stream/consumer', '/sync/:stream/consumer.yml', '/sync/:stream/consumer.env'], 'Instellingen voor een delta-consumer', 'Settings for a delta consumer', [stream], ['application/yaml', 'text/plain', html]),
    { ...read('/sync/:stream/eindtoestand', 'Waarop een afnemer van de proefstroom moet uitkomen', 'What a consumer of the test stream must end with', [stream], ['application/n-triples']), answers: [ok('De toestand', 'The state', ['application/n-triples']), { status: 303, text: text('Van de proefstroom, op Location', 'Of the test stream, at Location') }, ...failures] },
    {
      method: 'post',
      routes: ['/sync/:stream/eindtoestand'],
      summary: text('Vergelijk wat een afnemer van de proefstroom heeft met wat hij moet hebben', 'Compare what a consumer of the test stream has with what it must have'),
      parameters: [path('stream', 'proef', 'De proefstroom', 'The test stream')],
      body: { text: text('De graaf van de afnemer, in RDF', 'The graph of the consumer, in RDF'), types: { 'application/n-triples': '' } },
      answers: [ok('Of ze gelijk zijn, en wat er ontbreekt of teveel is', 'Whether they are equal, and what is missing or too much', [json]), ...problems(413, 415), ...failures],
      mayBeMissing: true,
    },
    read('/datasets/:id/distributions', 'De bestanden van een dump', 'The files of a dump', [id]),
    read('/distributions/:id', 'Een bestand van een dump', 'A file of a dump', [id]),
    read('/distributions/:id/subject', 'Wat er gedownload wordt', 'What is downloaded', [id]),
    read('/files/:id', 'Beschrijving van een delta-bestand of dump', 'Description of a delta file or dump', [id]),
    read('/files/:id/download', 'Een delta-bestand of dump', 'A delta file or dump', [id, ifNoneMatch], [json, 'text/turtle']),
    read('/dumps', 'De volledige downloads, met controlegetallen', 'The full downloads, with checksums', [], ['application/ld+json', json, html]),
    withRanges(read(['/dumps/:file', '/dumps/dataset/:file'], 'Een volledige download', 'A full download', [file, ifNoneMatch], ['application/gzip', 'text/turtle', 'application/n-quads', 'application/trig', 'application/n-triples'])),
  ],
};
