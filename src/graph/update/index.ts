export type { UpdateContext } from './context.js';
export { beyondGraph, datasetOf } from './graphOperations.js';
export { parseUpdate, type ParseUpdateOptions } from './parseUpdate.js';
export { planOf } from './planOf.js';
export type { UpdateOperation, UpdatePlan } from './plan.js';
export { rehearsalsOf, rehearse, type Rehearsal } from './rehearsal.js';
export { runOperation } from './runOperation.js';
