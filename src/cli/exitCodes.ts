import { Fault, type FaultCode } from '../faults.js';

/** What the process ends with; documented in the help and in docs/load.md, scripts rely on them. */
export const exitCodes = { ok: 0, fault: 1, usage: 2, shapes: 3, conflict: 4, unreachable: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The service at the given address does not answer. */
export class Unreachable extends Error {
  readonly url: string;

  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}`, { cause });
    this.name = 'Unreachable';
    this.url = url;
  }
}

const conflicts: ReadonlySet<FaultCode> = new Set(['conflict', 'still-referenced', 'idempotency-reuse', 'precondition-failed']);

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Unreachable) return exitCodes.unreachable;
  if (!(error instanceof Fault)) return exitCodes.fault;
  if (error.code === 'shapes-violated') return exitCodes.shapes;
  return conflicts.has(error.code) ? exitCodes.conflict : exitCodes.fault;
}
