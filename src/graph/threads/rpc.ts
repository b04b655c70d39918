import { Fault } from '../../faults.js';
import { fromFaultMessage, toFaultMessage, type Channel, type Request, type Response } from './messages.js';

export type { Channel } from './messages.js';

/** One method a thread serves: all three are plain data. For a stream `answer` is one item (usually a batch). */
export interface Method {
  readonly args: unknown;
  readonly answer: unknown;
  readonly progress?: unknown;
}

type Methods<M> = { readonly [K in keyof M]: Method };

/** What a call may use besides its arguments. */
export interface CallContext<P = unknown> {
  /** Aborted when the caller lost interest; a synchronous handler never sees it change. */
  readonly signal: AbortSignal;
  progress(value: P): void;
}

type ProgressOf<M> = M extends { readonly progress: infer P } ? P : never;

export interface Handlers<C extends Methods<C>, S extends Methods<S>> {
  readonly calls: {
    readonly [K in keyof C]: (args: C[K]['args'], context: CallContext<ProgressOf<C[K]>>) => C[K]['answer'] | Promise<C[K]['answer']>;
  };
  readonly streams: {
    readonly [K in keyof S]: (
      args: S[K]['args'],
      context: CallContext<ProgressOf<S[K]>>,
    ) => Iterable<S[K]['answer']> | AsyncIterable<S[K]['answer']>;
  };
}

type Handler = (args: unknown, context: CallContext) => unknown;

interface Serving {
  readonly abort: AbortController;
  credit: number;
  wake: () => void;
}

const idle = (): void => undefined;

/**
 * Answers the requests that come in over a channel. A synchronous handler runs to its end inside the message event, so
 * requests posted one after the other take effect in that order (the readers rely on it).
 */
export function serve<C extends Methods<C>, S extends Methods<S>>(channel: Channel, handlers: Handlers<C, S>): void {
  const serving = new Map<number, Serving>();
  const calls = new Map<string, Handler>(Object.entries(handlers.calls));
  const streams = new Map<string, Handler>(Object.entries(handlers.streams));
  const post = (message: Response): void => channel.postMessage(message);

  function open(request: Extract<Request, { kind: 'call' | 'stream' }>): { handler: Handler; state: Serving; context: CallContext } {
    const handler = (request.kind === 'call' ? calls : streams).get(request.method);
    if (!handler) throw new Error(`no method ${request.method}`);
    const abort = new AbortController();
    const state: Serving = { abort, credit: request.kind === 'stream' ? request.credit : 0, wake: idle };
    serving.set(request.id, state);
    return { handler, state, context: { signal: abort.signal, progress: (value) => post({ kind: 'progress', id: request.id, value }) } };
  }

  function finish(id: number, answer: () => Response): void {
    serving.delete(id);
    try {
      post(answer());
    } catch (error) {
      post(toFaultMessage(id, error));
    }
  }

  function call(request: Extract<Request, { kind: 'call' }>): void {
    try {
      const { handler, context } = open(request);
      const value = handler(request.args, context);
      if (value instanceof Promise) {
        value.then(
          (settled: unknown) => finish(request.id, () => ({ kind: 'answer', id: request.id, value: settled })),
          (error: unknown) => finish(request.id, () => toFaultMessage(request.id, error)),
        );
      } else finish(request.id, () => ({ kind: 'answer', id: request.id, value }));
    } catch (error) {
      finish(request.id, () => toFaultMessage(request.id, error));
    }
  }

  async function stream(request: Extract<Request, { kind: 'stream' }>): Promise<void> {
    try {
      const { handler, state, context } = open(request);
      for await (const value of handler(request.args, context) as AsyncIterable<unknown>) {
        while (state.credit === 0 && !state.abort.signal.aborted) {
          await new Promise<void>((resolve) => (state.wake = resolve));
        }
        if (state.abort.signal.aborted) break;
        state.credit -= 1;
        post({ kind: 'item', id: request.id, value });
      }
      finish(request.id, () => ({ kind: 'answer', id: request.id, value: undefined }));
    } catch (error) {
      finish(request.id, () => toFaultMessage(request.id, error));
    }
  }

  channel.on('message', (message) => {
    const request = message as Request;
    if (request.kind === 'call') return call(request);
    if (request.kind === 'stream') return void stream(request);
    const state = serving.get(request.id);
    if (!state) return;
    if (request.kind === 'credit') state.credit += 1;
    else state.abort.abort();
    state.wake();
  });
}

interface Pending {
  item?(value: unknown): void;
  progress?(value: unknown): void;
  answer(value: unknown): void;
  fail(error: unknown): void;
}

export interface CallOptions<P = unknown> {
  readonly signal?: AbortSignal;
  progress?(value: P): void;
}

/** Items a stream may have under way before its consumer took one. */
const window = 4;

/** The caller's side: typed calls and streams to one thread. When the thread dies, everything pending is rejected. */
export class RpcClient<C extends Methods<C>, S extends Methods<S>> {
  readonly #channel: Channel;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #dead: Fault | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.on('message', (message) => this.#receive(message as Response));
    channel.on('error', (error) => this.fail(died(error)));
    channel.on('messageerror', (error) => this.fail(died(error)));
    channel.on('exit', () => this.fail(died()));
    channel.on('close', () => this.fail(died()));
  }

  call<K extends keyof C & string>(method: K, args: C[K]['args'], options: CallOptions<ProgressOf<C[K]>> = {}): Promise<C[K]['answer']> {
    return new Promise<C[K]['answer']>((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.#cancel(id);
        pending.fail(signal?.reason);
      };
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      const pending: Pending = {
        answer: (value) => (settle(), resolve(value as C[K]['answer'])),
        fail: (error) => (settle(), reject(error)),
        progress: (value) => options.progress?.(value as ProgressOf<C[K]>),
      };
      const id = this.#open(pending, (id) => ({ kind: 'call', id, method, args }));
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Nothing is asked before the first item is; a consumer that stops early cancels the work in the thread. */
  async *stream<K extends keyof S & string>(
    method: K,
    args: S[K]['args'],
    options: CallOptions<ProgressOf<S[K]>> = {},
  ): AsyncGenerator<S[K]['answer'], void, undefined> {
    const { signal } = options;
    signal?.throwIfAborted();
    const items: unknown[] = [];
    let state: 'open' | 'ended' | { readonly error: unknown } = 'open';
    let wake = idle;
    const end = (next: typeof state): void => {
      if (state === 'open') state = next;
      wake();
    };
    const onAbort = (): void => end({ error: signal?.reason });
    const id = this.#open(
      {
        item: (value) => (items.push(value), wake()),
        answer: () => end('ended'),
        fail: (error) => end({ error }),
        progress: (value) => options.progress?.(value as ProgressOf<S[K]>),
      },
      (id) => ({ kind: 'stream', id, method, args, credit: window }),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        // An abort or a fault goes before what is still waiting: the consumer must not take half for whole.
        const seen = state as 'open' | 'ended' | { readonly error: unknown };
        if (typeof seen === 'object') throw seen.error;
        if (items.length > 0) {
          const item = items.shift() as S[K]['answer'];
          if (seen === 'open') this.#post({ kind: 'credit', id });
          yield item;
        } else if (seen === 'ended') return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#cancel(id);
    }
  }

  /** Rejects everything pending and every later call. */
  fail(fault: Fault): void {
    if (this.#dead) return;
    this.#dead = fault;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.fail(fault);
  }

  #open(pending: Pending, request: (id: number) => Request): number {
    const id = this.#next++;
    if (this.#dead) {
      pending.fail(this.#dead);
      return id;
    }
    this.#pending.set(id, pending);
    try {
      this.#post(request(id));
    } catch (error) {
      this.#pending.delete(id);
      pending.fail(error);
    }
    return id;
  }

  #cancel(id: number): void {
    if (this.#pending.delete(id)) this.#post({ kind: 'cancel', id });
  }

  #post(request: Request): void {
    if (!this.#dead) this.#channel.postMessage(request);
  }

  #receive(response: Response): void {
    const pending = this.#pending.get(response.id);
    if (!pending) return;
    if (response.kind === 'item') return pending.item?.(response.value);
    if (response.kind === 'progress') return pending.progress?.(response.value);
    this.#pending.delete(response.id);
    if (response.kind === 'answer') pending.answer(response.value);
    else pending.fail(fromFaultMessage(response));
  }
}

function died(cause?: unknown): Fault {
  return new Fault(
    'busy',
    {
      nl: 'Het onderdeel dat dit verzoek behandelde, is herstart. Probeer het over enkele seconden opnieuw.',
      en: 'The part that handled this request was restarted. Try again in a few seconds.',
    },
    { retryAfter: 1, ...(cause === undefined ? {} : { cause }) },
  );
}
