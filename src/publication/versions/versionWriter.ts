import type Database from 'better-sqlite3';
import { rdf } from '../../rdf/prefixes.js';
import { splitLine } from '../../rdf/nquads.js';
import { isSkolem } from '../../rdf/skolem.js';
import { mergedScope, sliceSize } from './contract.js';
import { PageCutter } from './pageCutter.js';
import { Parts, type Leaver } from './parts.js';
import { wholeScope } from './schema.js';
import { VersionStatements, type Current } from './versionStatements.js';

/** Which things a collection holds: those of one of the classes and of none of the excepted ones. */
export interface Kind {
  readonly name: string;
  readonly classes: readonly string[];
  readonly except?: readonly string[];
}

export const kindNumbers = ['create', 'update', 'delete'] as const;
/** Versions a commit may have: the rest of a sequence is the commit. */
export const sequencesPerCommit = 2 ** 24;

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
  readonly #parts: Parts;
  readonly #statements: VersionStatements;
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
    this.#parts = new Parts(db, base);
    this.#statements = new VersionStatements(db);
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
  own(scope: string, entity: string, lines: readonly string[]): readonly string[] {
    return this.#parts.own(this.scope(scope), entity, lines);
  }

  /** Whether a skolem node is part of an entity. */
  isOwned(scope: string, node: string): boolean {
    return this.#parts.isOwned(this.scope(scope), node);
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
    const parts = isNode ? new Set<string>() : this.#parts.of(text);
    const left = isNode ? (lines.length === 0 ? [entity] : []) : [...this.#parts.of(textBefore)].filter((iri) => !parts.has(iri));
    const classes = new Set<string>();
    const subject = `<${entity}> ${type} `;
    if (!isNode) for (const line of lines) if (line.startsWith(subject)) classes.add(splitLine(line).object.slice(1, -1));
    const now = lines.length === 0 ? [] : this.#kinds.filter((kind) => belongs(kind, classes)).map(({ id }) => id);
    // Who must hear of it: where it was, and where it was told to be before the past was rewritten.
    const told = this.#kinds.filter((kind) => kind.classes.some((iri) => known?.has(iri) ?? false)).map(({ id }) => id);
    const was = [...(before ? present.all(before.sequence) : []), ...told];
    this.#insert(scope, scopeName === mergedScope, { entity, text, before, now: new Set([wholeScope, ...now]), was, left, parts });
  }

  /** Marks the last versions of the commit and cuts the pages. */
  end(): void {
    for (const leaver of this.#leavers) this.#parts.leave(leaver);
    for (const { scope, collection, sequence } of this.#last.values()) this.#statements.markLast.run(scope, collection, sequence);
    this.#pages.endCommit();
    this.#content = undefined;
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
    const { version, member, setCurrent } = this.#statements;
    this.#ordinal += 1;
    const sequence = this.#number * sequencesPerCommit + this.#ordinal;
    const members = 1 + parts.size + left.length;
    const time = this.#time(scope, members);
    const exists = text !== '';
    const kind = exists ? (before?.exists_now ? 'update' : 'create') : 'delete';
    version.run(sequence, scope, entity, time, kindNumbers.indexOf(kind), exists ? this.#contentId(text) : null, before?.sequence ?? null);
    setCurrent.run(scope, entity, sequence, exists ? 1 : 0);
    const collections = new Map([...now, ...was].map((collection) => [collection, exists && now.has(collection)]));
    if (left.length > 0 || (parts.size > 0 && [...collections.values()].includes(false))) this.#leavers.push({ scope, sequence, left, parts, collections });
    if (exists) this.#parts.live(scope, isSkolem(entity, this.#base) ? [entity] : parts, [...collections].flatMap(([collection, isPresent]) => (isPresent ? [collection] : [])), sequence);
    for (const [collection, isPresent] of collections) {
      if (before) this.#follows(scope, collection, before.sequence, sequence);
      member.run(scope, collection, sequence, isPresent ? 1 : 0);
      this.#last.set(`${scope} ${collection}`, { scope, collection, sequence });
      if (merged || collection === wholeScope) this.#pages.add(scope, collection, { sequence, time, members });
    }
  }

  /** Ends the last version of an entity in a collection; there may have been others since that were not in it. */
  #follows(scope: number, collection: number, before: number, sequence: number): void {
    const { setNext, lastIn } = this.#statements;
    if (setNext.run(sequence, scope, collection, before).changes > 0) return;
    const last = lastIn.get(before, scope, collection);
    if (last !== undefined) setNext.run(sequence, scope, collection, last);
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
