import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../../src/faults.js';
import type { PageAddress } from '../../../src/publication/ldes/address.js';
import { Streams } from '../../../src/publication/ldes/streams.js';
import type { PublishedState, Publisher } from '../../../src/publication/versions/publisher.js';
import { openStore, publicationFile } from '../../../src/publication/versions/schema.js';

const base = 'http://localhost:3000/';
const address: PageAddress = { stream: 'alles', flavour: 'versies', view: 'alles', page: { kind: 'leaf', generation: '', number: 1 } };
const future: PageAddress = { ...address, page: { kind: 'leaf', generation: '', number: 9 } };

describe('the streams on the main thread', () => {
  let folder: string;
  let streams: Streams;
  /** How far publication is said to be; whether it may be shown. */
  let state: PublishedState | undefined;
  let held: boolean;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-streams-'));
    const path = join(folder, publicationFile);
    const db = openStore(path);
    db.exec(`INSERT INTO scope (id, name) VALUES (1, 'merged'); INSERT INTO collection (id, name) VALUES (0, '');
      INSERT INTO setting (key, value) VALUES ('generation', '');
      INSERT INTO content (id, lines) VALUES (1, '<http://ex.org/e> <http://ex.org/p> "een" .');
      INSERT INTO version (sequence, scope, entity, time, kind, content) VALUES (16777217, 1, 'http://ex.org/e', 1767225600000, 0, 1);
      INSERT INTO member (scope, collection, sequence, present, last) VALUES (1, 0, 16777217, 1, 1);
      INSERT INTO page VALUES (1, 0, 1, 1767225600000, 16777217, 16777217, 1);`);
    db.close();
    const publisher: Partial<Publisher> = {
      path,
      start: () => undefined,
      listen: () => () => undefined,
      shown: async () => !held,
      get state() {
        return state;
      },
      get held() {
        return held;
      },
    };
    streams = new Streams(publisher as Publisher, { base, collections: {}, licence: `${base}licentie`, publisher: { name: 'Proef' } });
  });
  beforeEach(() => {
    state = { commit: 1, generation: '', behind: false };
    held = false;
  });
  after(async () => {
    await streams.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const pageState = async (): Promise<Parameters<Streams['page']>[0]> => {
    const answer = await streams.state(address);
    return answer.answer === 'page' ? answer.page : assert.fail(answer.answer);
  };

  it('writes and compresses a page once, whoever asks for it, at once or later', async () => {
    const asked = await pageState();
    const [one, other] = await Promise.all([streams.page(asked, 'nquads', base), streams.page(asked, 'nquads', base)]);
    assert.ok(one);
    assert.equal(one, other);
    assert.equal(await streams.page(asked, 'nquads', base), one);
    assert.notEqual(await streams.page(asked, 'turtle', base), one);
  });

  it('says busy, never gone or unknown, while it may still come: readers give up on those for good', async () => {
    state = { commit: 1, generation: '', behind: true };
    for (const one of [future, { ...address, stream: 'dataset/nieuw' }]) await assert.rejects(streams.state(one), (error) => error instanceof Fault && error.code === 'busy' && error.data.retryAfter === 2);
    state = { commit: 1, generation: '', behind: false };
    assert.equal((await streams.state(future)).answer, 'future');
  });

  it('shows nothing as long as something may have to be taken away first', async () => {
    held = true;
    await assert.rejects(streams.state(address), (error) => error instanceof Fault && error.code === 'busy');
    held = false;
    assert.equal((await streams.state(address)).answer, 'page');
  });

  it('refuses the 257th page that waits to be written with 429', async () => {
    const asked = await pageState();
    // Every origin is another page; nobody writes them as fast as they are asked for.
    const answers = await Promise.allSettled(Array.from({ length: 257 }, (_, at) => streams.page(asked, 'nquads', `http://localhost:${at}/`)));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    assert.equal(refused.length, 1);
    assert.ok(refused[0] instanceof Fault && refused[0].code === 'too-many-requests');
  });
});
