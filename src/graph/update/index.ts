export type { UpdateContext } from './context.js';
export { beyondGraph, datasetOf } from './graphOperations.js';
export { parseUpdate, type ParseUpdateOptions } from './parseUpdate.js';
export type { UpdateOperation, UpdatePlan } from './plan.js';
export { runOperation } from './runOperation.js';
