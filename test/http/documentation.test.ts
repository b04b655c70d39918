import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { packageRoot, resource } from '../../src/resources.js';
import { adminToken, TestService } from '../support/service.js';
import { ok } from './fixture.js';

const run = promisify(execFile);

/** The fenced examples of a page in a language. */
async function examples(language: string): Promise<readonly string[]> {
  const page = await readFile(resource('docs', 'sparql.md'), 'utf8');
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text]) => (name === language && text !== undefined ? [text] : []));
}

describe('docs/sparql.md', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await ok(service.describe('proef', { titel: 'Proef', controle: 'off' }));
    await ok(
      service.load(
        'proef',
        '@prefix besluit: <http://data.vlaanderen.be/ns/besluit#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://example.org/aalst> a besluit:Bestuurseenheid ; skos:prefLabel "Aalst"@nl .',
      ),
    );
  });
  after(() => service.stop());

  const local = (text: string): string => text.replaceAll('http://localhost:3000/sparql', `${service.url}/sparql`);

  it('has JavaScript that runs as it stands', async function () {
    this.timeout(120_000);
    const scripts = await examples('js');
    assert.equal(scripts.length, 4);
    for (const script of scripts) {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', local(script)], { cwd: packageRoot, env: { ...process.env, TOKEN: adminToken } });
      assert.match(stdout, /^(?:http:\/\/example\.org\/aalst Aalst|gepubliceerd \d+)\n$/, script);
    }
  });

  it('has a query every example asks, which answers', async () => {
    const [query = ''] = await examples('sparql');
    const rows = (await (await ok(service.query(query, { accept: 'text/csv' }))).text()).trim().split(/\r?\n/);
    assert.deepEqual(rows, ['bestuur,naam', 'http://example.org/aalst,Aalst']);
  });

  it('shows an error as it is answered, member by member', async () => {
    const [shown = '{}'] = await examples('json');
    const answer = await service.query('SELECT ?s WHERE { ?s ?p }', { 'accept-language': 'en' });
    const problem = (await answer.json()) as Record<string, unknown>;
    for (const [name, value] of Object.entries(JSON.parse(shown) as Record<string, unknown>)) {
      if (value === '…') assert.equal(typeof problem[name], 'string', name);
      else assert.equal(problem[name], value, name);
    }
  });
});
