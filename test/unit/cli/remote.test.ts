import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from './runCli.js';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | object;
}

const aantallen = { Violation: 0, Warning: 0, Info: 0 };
const remark = { ernst: 'fout', onderwerp: 'http://ex.test/a', naam: 'Iets', veld: 'naam', melding: 'Er ontbreekt een naam.', regel: 3, oorzaak: 'deze-wijziging', dataset: 'http://ex.test/d', vorm: 'http://ex.test/s' };
const problemType = 'application/problem+json';

describe('The command line and a running service', () => {
  let server: Server;
  let url: string;
  let folder: string;
  let file: string;
  let seen: Seen[];
  let answer: Answer;

  const written = (): readonly Seen[] => seen.filter(({ method }) => method !== 'GET');

  before(async () => {
    server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        seen.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
        const { status = 200, type = 'application/json', body } = answer;
        res.writeHead(status, { 'Content-Type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-cli-'));
    file = join(folder, 'actoren.ttl');
    writeFileSync(file, '<http://ex.test/a> <http://ex.test/p> "é" .\n');
  });

  beforeEach(() => {
    seen = [];
  });

  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends a file with its format, its name and the token', async () => {
    answer = { body: { uitkomst: 'gepubliceerd', versie: 7, wijzigingen: { 'http://ex.test/d': { toegevoegd: 1, verwijderd: 0 } }, rapport: [], aantallen } };
    const { code, out } = await cli(['load', file, '--dataset', 'actoren', '--message', 'Eerste lading', '--if-version', '6', '--url', url], { env: { REGIOGRAAF_TOKEN: 'rg_geheim' } });
    assert.equal(code, 0);
    assert.match(out, /Gepubliceerd als versie 7/u);
    const [request] = written();
    assert.equal(request?.method, 'POST');
    assert.equal(request.url, '/datasets/actoren/inhoud?bestand=actoren.ttl&bericht=Eerste+lading');
    assert.equal(request.headers['content-type'], 'text/turtle');
    assert.equal(request.headers.authorization, 'Bearer rg_geheim');
    assert.equal(request.headers['if-match'], '"6-head"');
    assert.equal(request.body, '<http://ex.test/a> <http://ex.test/p> "é" .\n');
  });

  it('replaces with PUT, and names a dataset by its IRI through the graph store', async () => {
    answer = { body: { uitkomst: 'ongewijzigd', versie: 7, rapport: [], aantallen } };
    const { out } = await cli(['load', file, '--dataset', 'http://ex.test/d', '--replace', '--dry-run'], { env: { REGIOGRAAF_URL: url } });
    assert.match(out, /niets gewijzigd/u);
    assert.equal(`${written()[0]?.method} ${written()[0]?.url}`, 'PUT /graphs?graph=http%3A%2F%2Fex.test%2Fd&bestand=actoren.ttl&dry-run=true');
  });

  it('ends with 3 and shows the report when the data violate the shapes', async () => {
    answer = { status: 422, type: problemType, body: { code: 'shapes-violated', detail: 'Fouten.', status: 422, rapport: [remark], aantallen: { ...aantallen, Violation: 1 } } };
    const { code, out } = await cli(['load', file, '--dataset', 'actoren', '--url', url]);
    assert.equal(code, 3);
    assert.match(out, /Fout \(regel 3\): Er ontbreekt een naam\./u);
    assert.match(out, /Geweigerd/u);
  });

  it('makes no dataset by a typing error, and says which one is meant', async () => {
    const described = (name: string): string => `<${url}id/dataset/${name}> <https://w3id.org/regiograaf/ns#graafstatus> <https://w3id.org/regiograaf/id/concept/bronstatus/aangenomen> .\n`;
    answer = { type: 'application/n-quads', body: described('actoren') + described('fase-1') };
    const { code, err } = await cli(['load', file, '--dataset', 'actorne', '--url', url]);
    assert.equal(code, 1);
    assert.match(err, /geen dataset actorne\. Bedoelde u actoren\? .*--create/u);
    assert.equal(written().length, 0);
    for (const name of [['actorne', '--create'], ['fase-2']]) await cli(['load', file, '--dataset', ...name, '--url', url]);
    assert.deepEqual(written().map(({ url: path }) => path.split('/')[2]), ['actorne', 'fase-2']);
  });

  it('says that a dataset is new, and which one its name is like', async () => {
    answer = { body: { uitkomst: 'gepubliceerd', versie: 7, wijzigingen: {}, nieuweDatasets: [{ dataset: 'http://ex.test/d', lijktOp: ['dd'] }], rapport: [], aantallen } };
    assert.match((await cli(['load', file, '--dataset', 'actoren', '--url', url])).out, /Nieuwe dataset: http:\/\/ex\.test\/d\..*lijkt op dd/u);
  });

  it('explains what a thing is, with what may have been meant', async () => {
    answer = { type: 'application/sparql-results+json', body: { head: { vars: ['iri', 'naam'] }, results: { bindings: [{ iri: { type: 'uri', value: 'http://ex.test/a' }, naam: { type: 'literal', value: 'Imec vzw' } }] } } };
    for (const args of [['history', 'imec'], ['diff', '1', '--entity', 'imec']]) {
      const { code, err } = await cli([...args, '--url', url]);
      assert.equal(code, 1);
      assert.match(err, /"imec" is geen volledig webadres .*zoals http.*\n.*\n {2}Imec vzw <http:\/\/ex\.test\/a>/u);
    }
  });

  it('takes the address of a page for the thing it is about', async () => {
    answer = { body: { versies: [] } };
    for (const address of [`${url}doc/actor/imec`, '/doc/actor/imec', 'id/actor/imec', `${url}doc?iri=${encodeURIComponent(`${url}id/actor/imec`)}`]) await cli(['history', address, '--json', '--url', url]);
    assert.deepEqual(new Set(seen.map((one) => new URL(one.url, url).searchParams.get('iri'))), new Set([`${url}id/actor/imec`]));
  });

  it('stops at the first file that is refused', async () => {
    await cli(['load', file, file, '--dataset', 'actoren', '--url', url]);
    assert.equal(written().length, 1);
  });

  for (const [status, code, exit] of [[412, 'precondition-failed', 4], [409, 'conflict', 4], [403, 'forbidden', 1], [503, 'busy', 1]] as const) {
    it(`ends with ${exit} and says what the service said for ${code}`, async () => {
      answer = { status, type: problemType, body: { code, detail: 'Dit ging niet.', status, expected: 7 } };
      const ran = await cli(['update', 'CLEAR DEFAULT', '--url', url]);
      assert.equal(ran.code, exit);
      assert.equal(ran.err, 'Dit ging niet.\n');
    });
  }

  it('gives a fault as JSON to a program', async () => {
    answer = { status: 400, type: problemType, body: { code: 'query-syntax', detail: 'Schrijffout.', line: 2, column: 5 } };
    const { code, err } = await cli(['query', 'SELEC', '--json', '--url', url]);
    assert.equal(code, 1);
    const { code: name, plaats } = JSON.parse(err) as { code: string; plaats: object };
    assert.deepEqual({ name, plaats }, { name: 'query-syntax', plaats: { line: 2, column: 5 } });
  });

  it('explains an answer that is not from the service', async () => {
    answer = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' };
    const { code, err } = await cli(['datasets', '--url', url]);
    assert.equal(code, 1);
    assert.match(err, /502/u);
  });

  it('does not take a trial that would change nothing for a refusal', async () => {
    answer = { body: { uitkomst: 'proef', aanvaardbaar: false, wijzigingen: {}, rapport: [], aantallen } };
    const { code, out } = await cli(['load', file, '--dataset', 'actoren', '--dry-run', '--url', url]);
    assert.equal(code, 0);
    assert.match(out, /zou niets veranderen/u);
  });

  it('ends with 5 when nothing answers', async () => {
    const { code, err } = await cli(['datasets', '--url', 'http://127.0.0.1:1/']);
    assert.equal(code, 5);
    assert.match(err, /antwoordt geen dienst/u);
  });

  it('reads a query from standard input and prints what comes', async () => {
    answer = { type: 'text/tab-separated-values; charset=utf-8', body: '?s\n<http://ex.test/a>\n' };
    const { out } = await cli(['query', '--url', url], { input: 'SELECT ?s { ?s ?p ?o }' });
    assert.equal(out, '?s\n<http://ex.test/a>\n');
    assert.equal(seen[0]?.body, 'SELECT ?s { ?s ?p ?o }');
    assert.match(seen[0].headers.accept ?? '', /^text\/tab-separated-values/u);
  });

  it('shows results as a table on request', async () => {
    answer = { type: 'application/sparql-results+json', body: { head: { vars: ['s', 'n'] }, results: { bindings: [{ s: { type: 'uri', value: 'http://www.w3.org/ns/dcat#Dataset' }, n: { type: 'literal', value: 'naam', 'xml:lang': 'nl' } }] } } };
    const { out } = await cli(['query', 'SELECT * {}', '--format', 'table', '--url', url]);
    assert.equal(out, '?s            ?n\ndcat:Dataset  naam @nl\n');
  });

  it('reads a validation report, and ends with 3 when there are errors', async () => {
    const sh = 'http://www.w3.org/ns/shacl#';
    answer = {
      type: 'application/n-quads',
      body: [
        `_:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <${sh}ValidationResult> .`,
        `_:r <${sh}focusNode> <http://ex.test/a> .`,
        `_:r <${sh}resultSeverity> <${sh}Violation> .`,
        `_:r <${sh}resultMessage> "Er ontbreekt een naam."@nl .`,
        `_:r <${sh}resultMessage> "A name is missing."@en .`,
        '_:r <https://w3id.org/regiograaf/ns#regelnummer> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '',
      ].join('\n'),
    };
    const { code, out } = await cli(['validate', file, '--url', url]);
    assert.equal(code, 3);
    assert.match(out, /Fout \(regel 3\): Er ontbreekt een naam\./u);
    assert.match((await cli(['--lang', 'en', 'validate', file, '--url', url])).out, /Error \(line 3\): A name is missing\./u);
  });

  it('prefers a folder that is named over an address in the environment', async () => {
    const { code, err } = await cli(['datasets', '--data', join(folder, 'leeg')], { env: { REGIOGRAAF_URL: url } });
    assert.equal(code, 1);
    assert.match(err, /staan nog geen gegevens/u);
    assert.deepEqual(seen, []);
  });

  it('asks for the format when a file name does not say it', async () => {
    const other = join(folder, 'gegevens.dat');
    writeFileSync(other, '');
    assert.match((await cli(['load', other, '--dataset', 'x', '--url', url])).err, /--format/u);
    assert.match((await cli(['load', join(folder, 'weg.ttl'), '--dataset', 'x', '--url', url])).err, /kan niet worden gelezen/u);
  });
});
