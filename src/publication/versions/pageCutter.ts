import type Database from 'better-sqlite3';

/** Most members of a page: entities and the skolem nodes that are part of them; only one large entity is more. */
export const pageSize = 250;

interface Page {
  readonly scope: number;
  readonly collection: number;
  readonly number: number;
  readonly time: number;
  readonly first: number;
  readonly final: number;
  readonly members: number;
}

interface Group {
  readonly scope: number;
  readonly collection: number;
  readonly time: number;
  readonly first: number;
  final: number;
  members: number;
}

/**
 * Cuts streams into pages of at most 250 members. A page begins only where the time changes, so that the intervals of
 * pages are disjoint: versions of one time stay together. A page is complete when there is a next one.
 */
export class PageCutter {
  readonly #open = new Map<string, Page | undefined>();
  readonly #groups = new Map<string, Group>();
  readonly #last: Database.Statement<[number, number], Page>;
  readonly #put: Database.Statement<[Page]>;

  constructor(db: Database.Database) {
    this.#last = db.prepare('SELECT * FROM page WHERE scope = ? AND collection = ? ORDER BY number DESC LIMIT 1');
    this.#put = db.prepare(
      'INSERT OR REPLACE INTO page (scope, collection, number, time, first, final, members) VALUES (:scope, :collection, :number, :time, :first, :final, :members)',
    );
  }

  add(scope: number, collection: number, { sequence, time, members }: { readonly sequence: number; readonly time: number; readonly members: number }): void {
    const key = `${scope} ${collection}`;
    const group = this.#groups.get(key);
    if (group?.time === time) {
      group.final = sequence;
      group.members += members;
      return;
    }
    if (group) this.#place(key, group);
    this.#groups.set(key, { scope, collection, time, first: sequence, final: sequence, members });
  }

  /** A time never goes on in a later commit. */
  endCommit(): void {
    for (const [key, group] of this.#groups) this.#place(key, group);
    this.#groups.clear();
  }

  #place(key: string, { scope, collection, time, first, final, members }: Group): void {
    if (!this.#open.has(key)) this.#open.set(key, this.#last.get(scope, collection));
    const open = this.#open.get(key);
    const page: Page =
      open && open.members + members <= pageSize
        ? { ...open, final, members: open.members + members }
        : { scope, collection, number: (open?.number ?? 0) + 1, time, first, final, members };
    this.#put.run(page);
    this.#open.set(key, page);
  }
}
