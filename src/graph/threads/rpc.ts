import { Fault } from '../../faults.js';
import { fromFaultMessage, toFaultMessage, Transferred, type Channel, type Request, type Response } from './messages.js';

export type { Channel } from './messages.js';

/** One method a thread serves: all three are plain data. */
export interface Method {
  readonly args: unknown;
  readonly answer: unknown;
  readonly progress?: unknown;
}

export type Methods<M> = { readonly [K in keyof M]: Method };

/** What a call may use besides its arguments. */
export interface CallContext<P = unknown> {
  /** Aborted when the caller lost interest; a synchronous handler never sees it change. */
  readonly signal: AbortSignal;
  progress(value: P): void;
}

type ProgressOf<M> = M extends { readonly progress: infer P } ? P : never;

export type Handlers<C extends Methods<C>> = {
  readonly [K in keyof C]: (args: C[K]['args'], context: CallContext<ProgressOf<C[K]>>) => C[K]['answer'] | Transferred<C[K]['answer']> | Promise<C[K]['answer']>;
};

type Handler = (args: unknown, context: CallContext) => unknown;

/**
 * Answers the calls that come in over a channel. A synchronous handler runs to its end inside the message event, so
 * calls posted one after the other take effect in that order (the readers rely on it).
 */
export function serve<C extends Methods<C>>(channel: Channel, handlers: Handlers<C>): void {
  const serving = new Map<number, AbortController>();
  const methods = new Map<string, Handler>(Object.entries(handlers));
  const post = (message: Response): void => {
    if (message.kind === 'answer' && message.value instanceof Transferred) {
      const { value, buffers } = message.value;
      channel.postMessage({ ...message, value }, buffers);
    } else channel.postMessage(message);
  };

  function finish(id: number, answer: () => Response): void {
    serving.delete(id);
    try {
      post(answer());
    } catch (error) {
      post(toFaultMessage(id, error));
    }
  }

  function call({ id, method, args }: Extract<Request, { kind: 'call' }>): void {
    try {
      const handler = methods.get(method);
      if (!handler) throw new Error(`no method ${method}`);
      const abort = new AbortController();
      serving.set(id, abort);
      const value = handler(args, { signal: abort.signal, progress: (step) => post({ kind: 'progress', id, value: step }) });
      if (value instanceof Promise) {
        value.then(
          (settled: unknown) => finish(id, () => ({ kind: 'answer', id, value: settled })),
          (error: unknown) => finish(id, () => toFaultMessage(id, error)),
        );
      } else finish(id, () => ({ kind: 'answer', id, value }));
    } catch (error) {
      finish(id, () => toFaultMessage(id, error));
    }
  }

  channel.on('message', (message) => {
    const request = message as Request;
    if (request.kind === 'call') call(request);
    else serving.get(request.id)?.abort();
  });
}

interface Pending {
  progress(value: unknown): void;
  answer(value: unknown): void;
  fail(error: unknown): void;
}

export interface CallOptions<P = unknown> {
  readonly signal?: AbortSignal;
  progress?(value: P): void;
}

/** The caller's side: typed calls to one thread. When the thread dies, everything pending is rejected. */
export class RpcClient<C extends Methods<C>> {
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
      const id = this.#next++;
      const onAbort = (): void => {
        if (this.#pending.delete(id)) this.#post({ kind: 'cancel', id });
        pending.fail(signal?.reason);
      };
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      const pending: Pending = {
        answer: (value) => (settle(), resolve(value as C[K]['answer'])),
        fail: (error) => (settle(), reject(error)),
        progress: (value) => options.progress?.(value as ProgressOf<C[K]>),
      };
      if (this.#dead) return pending.fail(this.#dead);
      this.#pending.set(id, pending);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        this.#post({ kind: 'call', id, method, args });
      } catch (error) {
        this.#pending.delete(id);
        pending.fail(error);
      }
    });
  }

  /** Rejects everything pending and every later call. */
  fail(fault: Fault): void {
    if (this.#dead) return;
    this.#dead = fault;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.fail(fault);
  }

  #post(request: Request): void {
    if (!this.#dead) this.#channel.postMessage(request);
  }

  #receive(response: Response): void {
    const pending = this.#pending.get(response.id);
    if (!pending) return;
    if (response.kind === 'progress') return pending.progress(response.value);
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
