import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';

const line = (name: string, value: string): string => `<http://ex.org/${name}> <http://ex.org/p> "${value}" .\n`;

describe('undoing a commit over HTTP', () => {
  let test: TestService;
  before(async () => {
    test = await TestService.start();
  });
  after(() => test.stop());

  const load = async (turtle: string): Promise<number> => ((await (await test.load('proef', turtle)).json()) as { versie: number }).versie;
  const undo = (number: number | string, query = '', signedIn = true): Promise<Response> => test.ask(`/commits/${number}/ongedaan${query}`, { method: 'POST', ...(signedIn ? { token: true } : {}) });
  const content = async (): Promise<string> => (await (await test.ask('/datasets/proef/inhoud.nt')).text()).trim().split('\n').toSorted().join('\n');

  it('takes back what it changed, as a commit of its own, and refuses with the statements that were changed since', async () => {
    await load(line('a', 'een') + line('b', 'een'));
    const before = await content();
    const second = await load(line('a', 'twee') + line('b', 'twee'));
    const tried = await undo(second, '?dry-run');
    assert.equal(tried.status, 200, await tried.clone().text());
    assert.equal(((await tried.json()) as { uitkomst: string }).uitkomst, 'proef');
    const done = (await (await undo(second)).json()) as { uitkomst: string; versie: number };
    assert.equal(done.uitkomst, 'gepubliceerd');
    assert.equal(await content(), before);
    assert.match(await (await test.ask(`/commits/${done.versie}`, { headers: { accept: 'application/json' } })).text(), /"soort": "undo"/);
    const again = await undo(second);
    assert.equal(again.status, 409);
    assert.equal(((await again.json()) as { botsingen: number }).botsingen, 4);
    assert.equal((await undo(done.versie)).status, 200, 'an undo can be undone');
    await load(line('a', 'drie') + line('b', 'twee'));
    assert.equal((await undo(second)).status, 409);
    assert.equal((await undo(second, '?force')).status, 200);
    assert.match(await content(), /"drie"/);
  });

  it('asks for rights, and for a commit that is there', async () => {
    assert.equal((await undo(2, '', false)).status, 401);
    assert.equal((await undo(9999)).status, 404);
    assert.equal((await undo('x')).status, 404);
  });
});
