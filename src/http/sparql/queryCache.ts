import type { QueryDocument, QueryRequest } from '../../graph/api.js';
import type { Visibility } from '../../graph/dataset.js';
import { canonicalText, scanSparql } from '../../graph/engine/sparqlScan.js';
import { CodedBytes } from '../codings.js';
import { CommitCache } from '../commitCache.js';

/** Characters of a query that is read here; a longer one is hardly ever asked twice. */
const longest = 32_000;

/** An answer that is kept: what the reader made, compressed when somebody first asks for that. */
export interface KeptAnswer extends Omit<QueryDocument, 'bytes' | 'path' | 'size'> {
  readonly coded: CodedBytes;
}

export type Ready = KeptAnswer | Extract<QueryDocument, { readonly path: string }>;

interface UnderWay {
  readonly answer: Promise<Ready>;
  readonly abort: AbortController;
  waiting: number;
}

/** True when the answer depends on the graph alone. */
export function isStable(query: string): boolean {
  return query.length <= longest && !scanSparql(query).volatile;
}

/** What two requests must share to get one answer: what is asked, and what the callers may see. */
export function cacheKey(request: QueryRequest, { restricted }: Visibility): string {
  const seen = restricted === '*' ? '*' : restricted.toSorted();
  return JSON.stringify({ ...request, query: canonicalText(request.query), timeout: undefined, minCommit: undefined, seen });
}

/**
 * Answers to queries that depend on the graph alone, by their canonical text, what the caller may see and the commit. Who
 * asks for what is being evaluated, with the same deadline, waits for the same evaluation.
 */
export class QueryCache {
  readonly #kept: CommitCache<KeptAnswer>;
  readonly #underWay = new Map<string, UnderWay>();
  /** Files that somebody is being sent. */
  readonly #taken = new WeakSet<Ready>();

  constructor(maxBytes: number) {
    // Twice: a compressed form comes on top.
    this.#kept = new CommitCache(maxBytes, ({ coded }) => coded.bytes.length * 2, 1 / 4);
  }

  get(key: string, commit: number): KeptAnswer | undefined {
    return this.#kept.get(key, commit);
  }

  /** Runs an evaluation, or joins the one under way; it is aborted when all who wait for it are gone. */
  async run(
    key: string | undefined,
    { head, timeout }: { readonly head: number; readonly timeout: number },
    evaluate: (signal: AbortSignal) => Promise<QueryDocument>,
    signal: AbortSignal,
  ): Promise<Ready> {
    if (key === undefined) return ready(await evaluate(signal));
    const name = `${head} ${timeout} ${key}`;
    const joined = this.#underWay.get(name) ?? this.#start(name, key, evaluate);
    joined.waiting += 1;
    const leave = (): void => {
      joined.waiting -= 1;
      if (joined.waiting > 0) return;
      this.#underWay.delete(name);
      joined.abort.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const answer = await joined.answer;
      // A file has one reader: who joined in has the query evaluated for herself.
      if ('path' in answer && this.#taken.has(answer)) return ready(await evaluate(signal));
      if ('path' in answer) this.#taken.add(answer);
      return answer;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #start(name: string, key: string, evaluate: (signal: AbortSignal) => Promise<QueryDocument>): UnderWay {
    const abort = new AbortController();
    const answer = evaluate(abort.signal)
      .then((document) => {
        const made = ready(document);
        if ('coded' in made) this.#kept.set(key, made.commit, made);
        return made;
      })
      .finally(() => {
        if (this.#underWay.get(name) === started) this.#underWay.delete(name);
      });
    const started: UnderWay = { answer, abort, waiting: 0 };
    this.#underWay.set(name, started);
    return started;
  }
}

function ready(document: QueryDocument): Ready {
  if ('path' in document) return document;
  const { bytes, ...rest } = document;
  return { ...rest, coded: new CodedBytes(bytes) };
}
