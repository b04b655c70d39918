import type Database from 'better-sqlite3';
import { rdf } from '../../rdf/prefixes.js';
import { splitLine } from '../../rdf/nquads.js';
import { isSkolem } from '../../rdf/skolem.js';
import { mergedScope, sliceSize } from './contract.js';
import { PageCutter } from './pageCutter.js';

/** Which things a collection holds: those of one of the classes and of none of the excepted ones. */
export interface Kind {
  readonly name: string;
  readonly classes: readonly string[];
  readonly except?: readonly string[];
}

export const kindNumbers = ['create', 'update', 'delete'] as const;
/** Versions a commit may have: the rest of a sequence is the commit. */
export const sequencesPerCommit = 2 ** 24;
/** The whole of a scope, as a collection. */
export const wholeScope = 0;

const type = `<${rdf('type')}>`;

/** What is known of an entity in a scope besides its lines. */
export interface Emphasis {
  /** A version is due although nothing changed: the past was rewritten, and consumers must hear of it. */
  readonly forced: boolean;
  /** Classes it had when it was told of. */
  readonly classes?: ReadonlySet<string>;
}

/** Writes the versions of one commit after the other. */
export class VersionWriter {
  readonly #db: Database.Database;
  readonly #base: string;
  readonly #kinds: readonly (Kind & { readonly id: number })[];
  readonly #pages: PageCutter;
  readonly #scopes = new Map<string, number>();
  readonly #statements: ReturnType<typeof prepare>;
  #number = 0;
  #ordinal = 0;
  #begun = 0;
  #lastTime: number;
  /** In this commit: scope -> its slice and the members in that so far; scope and collection -> the last one. */
  readonly #slices = new Map<number, { nth: number; members: number }>();
  readonly #last = new Map<string, { readonly scope: number; readonly collection: number; readonly sequence: number }>();
  /** Versions of this commit that may have left parts behind. */
  #leavers: Leaver[] = [];
  #content: { readonly text: string; readonly id: number } | undefined;

  constructor(db: Database.Database, kinds: readonly Kind[], { base, lastTime }: { readonly base: string; readonly lastTime: number }) {
    this.#db = db;
    this.#base = base;
    this.#lastTime = lastTime;
    this.#statements = prepare(db);
    const collection = (name: string): number => {
      db.prepare('INSERT OR IGNORE INTO collection (id, name) VALUES ((SELECT coalesce(max(id), -1) + 1 FROM collection), ?)').run(name);
      return db.prepare<[string], number>('SELECT id FROM collection WHERE name = ?').pluck().get(name) ?? 0;
    };
    collection('');
    this.#kinds = kinds.map((kind) => ({ ...kind, id: collection(kind.name) }));
    this.#pages = new PageCutter(db);
  }

  /** Milliseconds since 1970 of the newest version. */
  get lastTime(): number {
    return this.#lastTime;
  }

  /** The number of a scope, made when new. */
  scope(name: string): number {
    let id = this.#scopes.get(name);
    if (id === undefined) {
      this.#db.prepare('INSERT OR IGNORE INTO scope (name) VALUES (?)').run(name);
      id = this.#db.prepare<[string], number>('SELECT id FROM scope WHERE name = ?').pluck().get(name) ?? 0;
      this.#scopes.set(name, id);
    }
    return id;
  }

  begin(commit: number, time: number): void {
    this.#number = commit;
    this.#ordinal = 0;
    this.#begun = Math.max(time, this.#lastTime + 1);
    this.#slices.clear();
    this.#last.clear();
    this.#leavers = [];
  }

  /** Keeps which skolem nodes are part of an entity; answers those that came or went. Before any version of the commit. */
  own(scopeName: string, entity: string, lines: readonly string[]): readonly string[] {
    const scope = this.scope(scopeName);
    const { addPart, removePart, partsOf } = this.#statements;
    const before = new Set(partsOf.all(scope, entity));
    const parts = this.#parts(lines.join('\n'));
    const [came, went] = [[...parts].filter((iri) => !before.has(iri)), [...before].filter((iri) => !parts.has(iri))];
    for (const iri of came) addPart.run(scope, iri, entity);
    for (const iri of went) removePart.run(scope, iri, entity);
    return [...came, ...went];
  }

  /** Whether a skolem node is part of an entity. */
  isOwned(scopeName: string, node: string): boolean {
    return this.#statements.hasOwner.get(this.scope(scopeName), node) !== undefined;
  }

  /** A node that was described by itself is part of an entity from now on: that tells of it. Before the entities. */
  adopt(scopeName: string, node: string): void {
    if (this.#statements.current.get(this.scope(scopeName), node)?.exists_now) this.emit(scopeName, node, [], { forced: false });
  }

  /** A version of an entity, if what the scope says of it changed. */
  emit(scopeName: string, entity: string, lines: readonly string[], { forced, classes: known }: Emphasis): void {
    const scope = this.scope(scopeName);
    const { current, contentOf, present } = this.#statements;
    const text = lines.toSorted().join('\n');
    const before = current.get(scope, entity);
    const textBefore = before?.exists_now ? (contentOf.get(before.sequence) ?? '') : '';
    if (!forced && text === textBefore) return;
    const isNode = isSkolem(entity, this.#base);
    const parts = isNode ? new Set<string>() : this.#parts(text);
    const left = isNode ? (lines.length === 0 ? [entity] : []) : [...this.#parts(textBefore)].filter((iri) => !parts.has(iri));
    const classes = new Set(known);
    const subject = `<${entity}> ${type} `;
    if (!isNode) for (const line of lines) if (line.startsWith(subject)) classes.add(splitLine(line).object.slice(1, -1));
    const found = this.#kinds.filter((kind) => belongs(kind, classes)).map(({ id }) => id);
    const earlier = before ? present.all(before.sequence) : [];
    // After a delete nothing is of a kind any more: what it was says who must hear of it.
    const [now, was] = lines.length === 0 ? [[], [...earlier, ...(before ? [] : found)]] : [found, earlier];
    this.#insert(scope, scopeName === mergedScope, { entity, text, before, now: new Set([wholeScope, ...now]), was, left, parts });
  }

  /** Marks the last versions of the commit and cuts the pages. */
  end(): void {
    for (const leaver of this.#leavers) this.#leave(leaver);
    for (const { scope, collection, sequence } of this.#last.values()) this.#statements.markLast.run(scope, collection, sequence);
    this.#pages.endCommit();
    this.#content = undefined;
  }

  /** The skolem nodes a description holds. */
  #parts(text: string): ReadonlySet<string> {
    const mark = `<${this.#base}.well-known/genid/`;
    if (!text.includes(mark)) return new Set();
    return new Set(text.split('\n').flatMap((line) => (line.startsWith(mark) ? [line.slice(1, line.indexOf('>'))] : [])));
  }

  /** Notes which parts left the scope, and which only a collection: once all versions of the commit are there. */
  #leave({ scope, sequence, left, parts, collections }: Leaver): void {
    const { current, hasOwner, ownedIn, goneFromScope, goneFromCollection } = this.#statements;
    const gone = new Set(left.filter((iri) => hasOwner.get(scope, iri) === undefined && !current.get(scope, iri)?.exists_now));
    if (gone.size > 0) goneFromScope.run([...gone].join(' '), sequence);
    for (const [collection, isPresent] of collections) {
      if (collection === wholeScope) continue;
      const goneHere = [...left, ...(isPresent ? [] : parts)].filter((iri) => !gone.has(iri) && ownedIn.get(collection, scope, iri) === undefined);
      if (goneHere.length > 0) goneFromCollection.run(goneHere.join(' '), scope, collection, sequence);
    }
  }

  #time(scope: number, members: number): number {
    let slice = this.#slices.get(scope);
    if (!slice) this.#slices.set(scope, (slice = { nth: 0, members: 0 }));
    if (slice.members > 0 && slice.members + members > sliceSize) {
      slice.nth += 1;
      slice.members = 0;
    }
    slice.members += members;
    const time = this.#begun + slice.nth;
    this.#lastTime = Math.max(this.#lastTime, time);
    return time;
  }

  #insert(scope: number, merged: boolean, { entity, text, before, now, was, left, parts }: Insertion): void {
    const { version, member, setNext, setCurrent } = this.#statements;
    this.#ordinal += 1;
    const sequence = this.#number * sequencesPerCommit + this.#ordinal;
    const members = 1 + parts.size + left.length;
    const time = this.#time(scope, members);
    const exists = text !== '';
    const kind = exists ? (before?.exists_now ? 'update' : 'create') : 'delete';
    version.run(sequence, scope, entity, time, kindNumbers.indexOf(kind), exists ? this.#contentId(text) : null, before?.sequence ?? null);
    if (before) setNext.run(sequence, before.sequence);
    setCurrent.run(scope, entity, sequence, exists ? 1 : 0);
    const collections = new Map([...now, ...was].map((collection) => [collection, exists && now.has(collection)]));
    if (left.length > 0 || (parts.size > 0 && [...collections.values()].includes(false))) this.#leavers.push({ scope, sequence, left, parts, collections });
    for (const [collection, isPresent] of collections) {
      member.run(scope, collection, sequence, isPresent ? 1 : 0);
      this.#last.set(`${scope} ${collection}`, { scope, collection, sequence });
      if (merged || collection === wholeScope) this.#pages.add(scope, collection, { sequence, time, members });
    }
  }

  #contentId(text: string): number {
    if (this.#content?.text !== text) this.#content = { text, id: Number(this.#statements.content.run(text).lastInsertRowid) };
    return this.#content.id;
  }
}

function belongs({ classes, except = [] }: Kind, found: ReadonlySet<string>): boolean {
  return classes.some((iri) => found.has(iri)) && !except.some((iri) => found.has(iri));
}

interface Insertion {
  readonly entity: string;
  readonly text: string;
  readonly before: Current | undefined;
  readonly now: ReadonlySet<number>;
  readonly was: readonly number[];
  /** Parts it has no longer. */
  readonly left: readonly string[];
  readonly parts: ReadonlySet<string>;
}

/** A version after which parts may be part of nothing any more. */
interface Leaver extends Pick<Insertion, 'left' | 'parts'> {
  readonly scope: number;
  readonly sequence: number;
  /** Whether the entity is in the collection still. */
  readonly collections: ReadonlyMap<number, boolean>;
}

interface Current {
  readonly sequence: number;
  readonly exists_now: number;
}

function prepare(db: Database.Database) {
  return {
    current: db.prepare<[number, string], Current>('SELECT sequence, exists_now FROM current WHERE scope = ? AND entity = ?'),
    contentOf: db.prepare<[number], string>('SELECT lines FROM content WHERE id = (SELECT content FROM version WHERE sequence = ?)').pluck(),
    present: db.prepare<[number], number>('SELECT collection FROM member WHERE sequence = ? AND present = 1').pluck(),
    content: db.prepare<[string]>('INSERT INTO content (lines) VALUES (?)'),
    version: db.prepare<[number, number, string, number, number, number | null, number | null]>(
      'INSERT INTO version (sequence, scope, entity, time, kind, content, previous) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    goneFromScope: db.prepare<[string, number]>('UPDATE version SET gone = ? WHERE sequence = ?'),
    goneFromCollection: db.prepare<[string, number, number, number]>('UPDATE member SET gone = ? WHERE scope = ? AND collection = ? AND sequence = ?'),
    member: db.prepare<[number, number, number, number]>('INSERT INTO member (scope, collection, sequence, present) VALUES (?, ?, ?, ?)'),
    markLast: db.prepare<[number, number, number]>('UPDATE member SET last = 1 WHERE scope = ? AND collection = ? AND sequence = ?'),
    addPart: db.prepare<[number, string, string]>('INSERT OR IGNORE INTO part (scope, node, entity) VALUES (?, ?, ?)'),
    removePart: db.prepare<[number, string, string]>('DELETE FROM part WHERE scope = ? AND node = ? AND entity = ?'),
    partsOf: db.prepare<[number, string], string>('SELECT node FROM part WHERE scope = ? AND entity = ?').pluck(),
    ownedIn: db
      .prepare<[number, number, string], number>(
        `SELECT 1 FROM part p JOIN current u ON u.scope = p.scope AND u.entity = p.entity
         JOIN member m ON m.scope = u.scope AND m.sequence = u.sequence AND m.collection = ? AND m.present = 1 WHERE p.scope = ? AND p.node = ? LIMIT 1`,
      )
      .pluck(),
    hasOwner: db.prepare<[number, string], number>('SELECT 1 FROM part WHERE scope = ? AND node = ? LIMIT 1').pluck(),
    setNext: db.prepare<[number, number]>('UPDATE version SET next = ? WHERE sequence = ?'),
    setCurrent: db.prepare<[number, string, number, number]>('INSERT OR REPLACE INTO current (scope, entity, sequence, exists_now) VALUES (?, ?, ?, ?)'),
  };
}
