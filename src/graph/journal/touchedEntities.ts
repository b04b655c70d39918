import type Database from 'better-sqlite3';
import type { Touched } from './journal.js';
import type { Names } from './names.js';

const page = 1_000;

/** Which entity changed in which dataset by which commit. */
export class TouchedEntities {
  readonly #datasets: Names;
  readonly #entities: Names;
  readonly #add: Database.Statement<[number, number, number]>;
  readonly #last: Database.Statement<[string], number | null>;
  readonly #lastIn: Database.Statement<[string, string], number | null>;
  readonly #page: Database.Statement<[number, number, number], { dataset: number; entity: number }>;

  constructor(db: Database.Database, datasets: Names, entities: Names) {
    this.#datasets = datasets;
    this.#entities = entities;
    this.#add = db.prepare('INSERT OR IGNORE INTO touched (entity, dataset, number) VALUES (?, ?, ?)');
    const last = 'SELECT max(number) FROM touched WHERE entity = (SELECT id FROM entity WHERE iri = ?)';
    this.#last = db.prepare<[string], number | null>(last).pluck();
    this.#lastIn = db
      .prepare<[string, string], number | null>(`${last} AND dataset IN (SELECT id FROM dataset WHERE iri IN (SELECT value FROM json_each(?)))`)
      .pluck();
    this.#page = db.prepare(
      `SELECT dataset, entity FROM touched WHERE number = ? AND (dataset, entity) > (?, ?) ORDER BY dataset, entity LIMIT ${page}`,
    );
  }

  add(number: number, touched: Iterable<Touched>): void {
    for (const { entity, dataset } of touched) this.#add.run(this.#entities.need(entity), this.#datasets.need(dataset), number);
  }

  last(entity: string, datasets: readonly string[] | undefined): number | undefined {
    return (datasets ? this.#lastIn.get(entity, JSON.stringify(datasets)) : this.#last.get(entity)) ?? undefined;
  }

  *of(number: number): Iterable<Touched> {
    let after = { dataset: 0, entity: 0 };
    for (;;) {
      const rows = this.#page.all(number, after.dataset, after.entity);
      for (const row of rows) {
        const entity = this.#entities.iri(row.entity);
        const dataset = this.#datasets.iri(row.dataset);
        if (entity !== undefined && dataset !== undefined) yield { entity, dataset };
      }
      const end = rows.at(-1);
      if (!end || rows.length < page) return;
      after = end;
    }
  }
}
