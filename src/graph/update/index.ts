export type { UpdateContext } from './context.js';
export { parseUpdate, type ParseUpdateOptions } from './parseUpdate.js';
export type { UpdateOperation, UpdatePlan } from './plan.js';
export { runOperation } from './runOperation.js';
