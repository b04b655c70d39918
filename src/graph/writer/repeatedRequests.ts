import { Fault } from '../../faults.js';
import type { Principal } from '../principal.js';
import type { WriteOutcome, WriteRequest } from '../api.js';
import type { CommitHeader } from '../commit.js';
import type { IdempotencyEntry, Journal } from '../journal/journal.js';
import { fingerprint } from './fingerprint.js';

/** Requests with an Idempotency-Key: the second one gets the answer of the first, whatever happened in between. */
export class RepeatedRequests {
  readonly #journal: Journal;
  readonly #base: string;

  constructor(journal: Journal, base: string) {
    this.#journal = journal;
    this.#base = base;
  }

  /** @throws Fault idempotency-reuse when the key stands for another request. */
  recall(request: WriteRequest, principal: Principal): WriteOutcome | undefined {
    if (request.idempotencyKey === undefined) return undefined;
    const remembered = this.#journal.recall(request.idempotencyKey, principal.token ?? '');
    if (!remembered) return undefined;
    if (remembered.fingerprint === fingerprint(request, this.#base)) return thaw(remembered.outcome);
    throw new Fault('idempotency-reuse', {
      nl: 'Deze Idempotency-Key hoort bij een ander verzoek. Kies voor elk nieuw verzoek een nieuwe sleutel.',
      en: 'This Idempotency-Key belongs to another request. Use a new key for each new request.',
    });
  }

  /** Remembers an outcome that made no commit. */
  remember(request: WriteRequest, principal: Principal, outcome: WriteOutcome): void {
    if (request.idempotencyKey === undefined) return;
    this.#journal.remember(request.idempotencyKey, principal.token ?? '', {
      fingerprint: fingerprint(request, this.#base),
      outcome: freeze(outcome),
    });
  }

  /** What the journal keeps with the commit itself, so that both are there or neither. */
  entry(request: WriteRequest, outcome: (commit: CommitHeader) => WriteOutcome): { readonly idempotency?: IdempotencyEntry } {
    const { idempotencyKey: key } = request;
    if (key === undefined) return {};
    return { idempotency: { key, fingerprint: fingerprint(request, this.#base), outcome: (commit) => freeze(outcome(commit)) } };
  }
}

function freeze(outcome: WriteOutcome): string {
  return JSON.stringify(outcome, (_key, value: unknown) => (value instanceof Map ? { map: [...value] } : value));
}

function thaw(text: string): WriteOutcome {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'map' in value && Array.isArray(value.map) ? new Map(value.map) : value,
  ) as WriteOutcome;
}
