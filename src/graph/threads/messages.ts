import { Fault, type FaultData } from '../../faults.js';

/** What travels from the caller to the thread. */
export type Request =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

/** What travels back; a call ends with `answer` or `fault`. */
export type Response =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: FaultData; readonly cause?: string };

/** An answer with buffers in it that change hands instead of being copied. */
export class Transferred<T> {
  readonly value: T;
  readonly buffers: readonly ArrayBuffer[];

  constructor(value: T, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** What a Worker, `parentPort` and a MessagePort have in common. */
export interface Channel {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: string, listener: (value: unknown) => void): unknown;
}

/** An error as data. Anything but a Fault is our own mistake: its text goes to the log as the cause, not to the user. */
export function toFaultMessage(id: number, error: unknown): Response {
  if (error instanceof Fault) {
    const { cause, data, status } = error;
    return { kind: 'fault', id, fault: data, ...(status >= 500 && cause instanceof Error ? { cause: cause.stack ?? cause.message } : {}) };
  }
  const { data } = new Fault('internal', {
    nl: 'Er liep iets mis bij ons. Probeer het later opnieuw.',
    en: 'Something went wrong on our side. Try again later.',
  });
  return { kind: 'fault', id, fault: data, cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function fromFaultMessage(message: Extract<Response, { kind: 'fault' }>): Fault {
  if (message.cause === undefined) return Fault.from(message.fault);
  const { code, detail, ...rest } = message.fault;
  return new Fault(code, detail, { ...rest, cause: message.cause });
}
