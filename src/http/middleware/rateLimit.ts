import type { RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import { Fault } from '../../faults.js';
import { clientOf } from '../clientAddress.js';

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets, one per client: full at the start, refilled evenly. Pure but for the map; `now` in milliseconds. */
export class Buckets {
  readonly #capacity: number;
  readonly #perMs: number;
  /* Bounded: an attacker with many addresses makes us forget clients, not run out of memory. */
  readonly #buckets = new LRUCache<string, Bucket>({ max: 50_000 });

  constructor(perMinute: number) {
    this.#capacity = perMinute;
    this.#perMs = perMinute / 60_000;
  }

  /** Takes one request, or what it weighs; 0 when allowed, else the milliseconds to wait. */
  take(client: string, now: number, weight = 1): number {
    const bucket = this.#buckets.get(client) ?? { tokens: this.#capacity, at: now };
    bucket.tokens = Math.min(this.#capacity, bucket.tokens + (now - bucket.at) * this.#perMs);
    bucket.at = now;
    const allowed = bucket.tokens >= weight;
    if (allowed) bucket.tokens -= weight;
    this.#buckets.set(client, bucket);
    return allowed ? 0 : (weight - bucket.tokens) / this.#perMs;
  }
}

/**
 * A delta file is one row of a table, and its consumers ask for hundreds in a row without looking at the status: what a
 * 429 says, they would take for the file.
 */
const light = /^\/files\/[^/]+\/download(?:\?|$)/;
const lightWeight = 0.05;

export function rateLimit(perMinute: number): RequestHandler {
  const buckets = new Buckets(perMinute);
  return (req, _res, next) => {
    const wait = buckets.take(clientOf(req.ip), Date.now(), light.test(req.url) ? lightWeight : 1);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw new Fault(
        'too-many-requests',
        {
          nl: `U mag ${perMinute} verzoeken per minuut doen. Probeer opnieuw over ${seconds} s.`,
          en: `You may make ${perMinute} requests a minute. Try again in ${seconds} s.`,
        },
        { retryAfter: seconds },
      );
    }
    next();
  };
}
