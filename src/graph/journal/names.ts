import type Database from 'better-sqlite3';

/** IRIs stored once and referred to by number. */
export class Names {
  readonly #id: Database.Statement<[string], number>;
  readonly #iri: Database.Statement<[number], string>;
  readonly #add: Database.Statement<[string]>;

  constructor(db: Database.Database, table: 'dataset' | 'entity') {
    this.#id = db.prepare<[string], number>(`SELECT id FROM ${table} WHERE iri = ?`).pluck();
    this.#iri = db.prepare<[number], string>(`SELECT iri FROM ${table} WHERE id = ?`).pluck();
    this.#add = db.prepare(`INSERT INTO ${table} (iri) VALUES (?)`);
  }

  id(iri: string): number | undefined {
    return this.#id.get(iri);
  }

  iri(id: number): string | undefined {
    return this.#iri.get(id);
  }

  /** The number of an IRI, made when new. */
  need(iri: string): number {
    return this.#id.get(iri) ?? Number(this.#add.run(iri).lastInsertRowid);
  }
}
