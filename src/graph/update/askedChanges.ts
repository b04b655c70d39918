import { tmpdir } from 'node:os';
import type { OperationCount } from '../api.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import { datasetOf } from '../changes/datasetOf.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { UpdateContext } from './context.js';
import { exactLines } from './exactLines.js';
import type { MadeQuad } from './instantiate.js';
import type { WriteRights } from './writeRights.js';

/** Effectiveness is tested for so many quads at once: each question to the engine has a price. */
const batch = 10_000;

/**
 * The changes an operation asks for, held (on disk when they are many) until it has read all it needs. Deletes come
 * before inserts (SPARQL 1.1 Update §3.1.3): a quad that is deleted and inserted stays.
 */
export class AskedChanges implements Disposable {
  readonly #context: UpdateContext;
  readonly #waiting: Record<Operation, MadeQuad[]> = { '-': [], '+': [] };
  /* Each is a set: what is asked, by whether it is there. */
  readonly #sets: Record<`${Operation}${'there' | 'absent'}`, ChangesetBuilder>;

  constructor(context: UpdateContext) {
    this.#context = context;
    const set = (): ChangesetBuilder => new ChangesetBuilder({ folder: context.folder ?? tmpdir() });
    this.#sets = { '-there': set(), '-absent': set(), '+there': set(), '+absent': set() };
  }

  add(op: Operation, quad: MadeQuad): void {
    const waiting = this.#waiting[op];
    waiting.push(quad);
    if (waiting.length >= batch) this.#sort(op);
  }

  /** Emits the effective changes, each dataset's rights checked before its first. */
  finish(rights: WriteRights): OperationCount {
    this.#sort('-');
    this.#sort('+');
    const { emit } = this.#context;
    const kept = this.#sets['+there'];
    using deletes = this.#sets['-there'].build();
    using inserts = this.#sets['+absent'].build();
    let changed = 0;
    const effective = (op: Operation, line: QuadLine): void => {
      rights.require(datasetOf(line));
      emit(op, line);
      changed += 1;
    };
    for (const { line } of deletes.changes()) if (!kept.has('+', line)) effective('-', line);
    for (const { line } of inserts.changes()) effective('+', line);
    using missing = this.#sets['-absent'].build();
    using already = kept.build();
    return { matched: deletes.size + inserts.size + missing.size + already.size, changed };
  }

  [Symbol.dispose](): void {
    for (const set of Object.values(this.#sets)) set.close();
  }

  #sort(op: Operation): void {
    const lines = exactLines(this.#waiting[op], this.#context.state);
    this.#waiting[op] = [];
    if (lines.length === 0) return;
    const present = this.#context.state.present(lines);
    for (const line of lines) this.#sets[`${op}${present.has(line) ? 'there' : 'absent'}`].add(op, line);
  }
}
