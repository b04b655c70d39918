import type Database from 'better-sqlite3';
import { wholeScope } from './schema.js';

/** A version after which parts may be part of nothing any more. */
export interface Leaver {
  readonly scope: number;
  readonly sequence: number;
  /** Parts it has no longer. */
  readonly left: readonly string[];
  readonly parts: ReadonlySet<string>;
  /** Whether the entity is in the collection still. */
  readonly collections: ReadonlyMap<number, boolean>;
}

/** Keeps which skolem nodes are part of which entities, and which version told that one is gone. */
export class Parts {
  readonly #mark: string;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database, base: string) {
    this.#mark = `<${base}.well-known/genid/`;
    this.#statements = prepare(db);
  }

  /** The skolem nodes a description holds. */
  of(text: string): ReadonlySet<string> {
    if (!text.includes(this.#mark)) return new Set();
    return new Set(text.split('\n').flatMap((line) => (line.startsWith(this.#mark) ? [line.slice(1, line.indexOf('>'))] : [])));
  }

  /** Notes what an entity has now; answers the nodes that came or went. */
  own(scope: number, entity: string, lines: readonly string[]): readonly string[] {
    const { add, remove, ofEntity } = this.#statements;
    const before = new Set(ofEntity.all(scope, entity));
    const parts = this.of(lines.join('\n'));
    const [came, went] = [[...parts].filter((iri) => !before.has(iri)), [...before].filter((iri) => !parts.has(iri))];
    for (const iri of came) add.run(scope, iri, entity);
    for (const iri of went) remove.run(scope, iri, entity);
    return [...came, ...went];
  }

  isOwned(scope: number, node: string): boolean {
    return this.#statements.owned.get(scope, node) !== undefined;
  }

  /** Nodes that a version describes are there again for who was told that they are gone. */
  live(scope: number, nodes: Iterable<string>, collections: Iterable<number>, sequence: number): void {
    const { isTold, endTold } = this.#statements;
    for (const node of nodes) {
      if (isTold.get(scope, node) === undefined) continue;
      for (const collection of collections) endTold.run(sequence, scope, collection, node);
    }
  }

  /** Notes which parts left the scope with a version, and which only a collection: once all versions of the commit are there. */
  leave({ scope, sequence, left, parts, collections }: Leaver): void {
    const { isDescribed, ownedIn, goneFromScope, goneFromCollection, tell } = this.#statements;
    const gone = new Set(left.filter((iri) => !this.isOwned(scope, iri) && isDescribed.get(scope, iri) === undefined));
    if (gone.size > 0) goneFromScope.run([...gone].join(' '), sequence);
    for (const [collection, isPresent] of collections) {
      const here = collection === wholeScope ? [] : [...left, ...(isPresent ? [] : parts)].filter((iri) => !gone.has(iri) && ownedIn.get(collection, scope, iri) === undefined);
      if (here.length > 0) goneFromCollection.run(here.join(' '), scope, collection, sequence);
      for (const node of [...gone, ...here]) tell.run(scope, collection, sequence, node);
    }
  }
}

function prepare(db: Database.Database) {
  return {
    add: db.prepare<[number, string, string]>('INSERT OR IGNORE INTO part (scope, node, entity) VALUES (?, ?, ?)'),
    remove: db.prepare<[number, string, string]>('DELETE FROM part WHERE scope = ? AND node = ? AND entity = ?'),
    ofEntity: db.prepare<[number, string], string>('SELECT node FROM part WHERE scope = ? AND entity = ?').pluck(),
    owned: db.prepare<[number, string], number>('SELECT 1 FROM part WHERE scope = ? AND node = ? LIMIT 1').pluck(),
    ownedIn: db
      .prepare<[number, number, string], number>(
        `SELECT 1 FROM part p JOIN current u ON u.scope = p.scope AND u.entity = p.entity
         JOIN member m ON m.scope = u.scope AND m.sequence = u.sequence AND m.collection = ? AND m.present = 1 WHERE p.scope = ? AND p.node = ? LIMIT 1`,
      )
      .pluck(),
    isDescribed: db.prepare<[number, string], number>('SELECT 1 FROM current WHERE scope = ? AND entity = ? AND exists_now = 1').pluck(),
    goneFromScope: db.prepare<[string, number]>('UPDATE version SET gone = ? WHERE sequence = ?'),
    goneFromCollection: db.prepare<[string, number, number, number]>('UPDATE member SET gone = ? WHERE scope = ? AND collection = ? AND sequence = ?'),
    tell: db.prepare<[number, number, number, string]>('INSERT INTO gone (scope, collection, sequence, node) VALUES (?, ?, ?, ?)'),
    isTold: db.prepare<[number, string], number>('SELECT 1 FROM gone WHERE scope = ? AND node = ? AND next IS NULL LIMIT 1').pluck(),
    endTold: db.prepare<[number, number, number, string]>('UPDATE gone SET next = ? WHERE scope = ? AND collection = ? AND node = ? AND next IS NULL'),
  };
}
