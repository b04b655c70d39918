import type Database from 'better-sqlite3';

/** The newest version of an entity. */
export interface Current {
  readonly sequence: number;
  readonly exists_now: number;
}

/** What is asked and written version by version. */
export class VersionStatements {
  readonly current: Database.Statement<[scope: number, entity: string], Current>;
  readonly contentOf: Database.Statement<[sequence: number], string>;
  readonly present: Database.Statement<[sequence: number], number>;
  readonly content: Database.Statement<[lines: string]>;
  readonly version: Database.Statement<[sequence: number, scope: number, entity: string, time: number, kind: number, content: number | null, previous: number | null]>;
  readonly member: Database.Statement<[scope: number, collection: number, sequence: number, present: number]>;
  readonly markLast: Database.Statement<[scope: number, collection: number, sequence: number]>;
  readonly setNext: Database.Statement<[next: number, scope: number, collection: number, sequence: number]>;
  /** The last version of an entity in a collection that it was not in since: back along its versions. */
  readonly lastIn: Database.Statement<[sequence: number, scope: number, collection: number], number>;
  readonly setCurrent: Database.Statement<[scope: number, entity: string, sequence: number, exists: number]>;

  constructor(db: Database.Database) {
    this.current = db.prepare('SELECT sequence, exists_now FROM current WHERE scope = ? AND entity = ?');
    this.contentOf = db.prepare<[number], string>('SELECT lines FROM content WHERE id = (SELECT content FROM version WHERE sequence = ?)').pluck();
    this.present = db.prepare<[number], number>('SELECT collection FROM member WHERE sequence = ? AND present = 1').pluck();
    this.content = db.prepare('INSERT INTO content (lines) VALUES (?)');
    this.version = db.prepare('INSERT INTO version (sequence, scope, entity, time, kind, content, previous) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.member = db.prepare('INSERT INTO member (scope, collection, sequence, present) VALUES (?, ?, ?, ?)');
    this.markLast = db.prepare('UPDATE member SET last = 1 WHERE scope = ? AND collection = ? AND sequence = ?');
    this.setNext = db.prepare('UPDATE member SET next = ? WHERE scope = ? AND collection = ? AND sequence = ?');
    this.lastIn = db
      .prepare<[number, number, number], number>(
        `WITH RECURSIVE back (sequence) AS (SELECT ? UNION ALL SELECT v.previous FROM back JOIN version v ON v.sequence = back.sequence WHERE v.previous IS NOT NULL)
         SELECT m.sequence FROM back JOIN member m ON m.scope = ? AND m.collection = ? AND m.sequence = back.sequence LIMIT 1`,
      )
      .pluck();
    this.setCurrent = db.prepare('INSERT OR REPLACE INTO current (scope, entity, sequence, exists_now) VALUES (?, ?, ?, ?)');
  }
}
