import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PageCutter, pageSize } from '../../../src/publication/versions/pageCutter.js';
import { openStore } from '../../../src/publication/versions/schema.js';

interface Page {
  readonly number: number;
  readonly time: number;
  readonly first: number;
  readonly final: number;
  readonly members: number;
}

describe('cutting a stream into pages', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'regiograaf-cutter-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('makes pages of at most 250 members that begin where the time changes, and so full that no two are ever merged', () => {
    let file = 0;
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 40 }), (commits) => {
        const db = openStore(join(folder, `${(file += 1)}.sqlite`));
        const cutter = new PageCutter(db);
        const groups: { time: number; sequence: number; members: number }[] = [];
        for (const commit of commits) {
          for (const members of commit) {
            const nth = groups.length + 1;
            groups.push({ time: nth * 10, sequence: nth, members });
            cutter.add(1, 0, { time: nth * 10, sequence: nth, members });
          }
          cutter.endCommit();
        }
        const pages = db.prepare<[], Page>('SELECT number, time, first, final, members FROM page ORDER BY number').all();
        db.close();
        assert.deepEqual(pages.map(({ number }) => number), pages.map((_page, at) => at + 1));
        for (const [at, { first, final, time, members }] of pages.entries()) {
          const own = groups.filter(({ sequence }) => sequence >= first && sequence <= final);
          assert.equal(members, own.reduce((sum, group) => sum + group.members, 0));
          assert.equal(time, own[0]?.time);
          assert.ok(members <= pageSize || own.length === 1, 'only one large entity is more');
          const next = pages[at + 1];
          if (next) assert.ok(next.first === final + 1 && members + next.members > pageSize, 'two neighbours do not fit in one');
        }
        assert.equal(pages.at(-1)?.final, groups.length);
      }),
      { numRuns: 30 },
    );
  });
});
