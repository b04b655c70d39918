import type { OperationCount } from '../api.js';
import type { UpdateContext } from './context.js';
import type { UpdateOperation } from './plan.js';

/** Carries out one operation: see `UpdateContext` for what it reads and where its changes go. */
export function runOperation(operation: UpdateOperation, context: UpdateContext): OperationCount {
  throw new Error(`not written yet: ${operation.kind} ${context.base}`);
}
