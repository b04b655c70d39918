import type { WriteOutcome } from '../../graph/api.js';
import type { Draft } from './sessions.js';

export type Task = 'check' | 'publish';

/** What came of a task: an outcome, or why there is none. */
export type Ended = { readonly task: Task; readonly outcome: WriteOutcome } | { readonly task: Task; readonly error: unknown };

interface Work {
  readonly task: Task;
  readonly begun: number;
  readonly ended: Promise<Ended>;
}

/** Longest a person waits for a page before it says what goes on. */
const patience = 1500;

/** Checking or publishing a large draft outlives a request: who asks again, hears how it stands. */
export class DraftWork {
  readonly #works = new WeakMap<Draft, Work>();

  /** Begins a task, unless one goes on already: pressing a button twice is asking once. */
  begin(draft: Draft, task: Task, run: () => Promise<WriteOutcome>): void {
    if (this.#works.has(draft)) return;
    const ended = run().then(
      (outcome): Ended => ({ task, outcome }),
      (error: unknown): Ended => ({ task, error }),
    );
    this.#works.set(draft, { task, begun: Date.now(), ended });
  }

  /** What came of the task of a draft, once; or since when it has been going on. */
  async wait(draft: Draft): Promise<Ended | { readonly task: Task; readonly begun: number }> {
    const work = this.#works.get(draft);
    if (!work) throw new Error('nothing was begun for this draft');
    let timer: NodeJS.Timeout | undefined;
    const busy = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), patience)));
    const ended = await Promise.race([work.ended, busy]);
    clearTimeout(timer);
    if (!ended) return { task: work.task, begun: work.begun };
    if (this.#works.get(draft) === work) this.#works.delete(draft);
    return ended;
  }
}
