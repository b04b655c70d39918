import type { WriteAction } from '../api.js';
import { parseUpdate } from './parseUpdate.js';
import type { UpdatePlan } from './plan.js';

type UpdateAction = Extract<WriteAction, { readonly kind: 'update' }>;

const plans = new WeakMap<UpdateAction, UpdatePlan>();

/** The plan of an update, read once. @throws the Faults of `parseUpdate`. */
export function planOf(action: UpdateAction, base: string): UpdatePlan {
  let plan = plans.get(action);
  if (!plan) {
    const { update, usingGraphs, usingNamedGraphs } = action;
    plan = parseUpdate(update, { base, ...(usingGraphs ? { usingGraphs } : {}), ...(usingNamedGraphs ? { usingNamedGraphs } : {}) });
    plans.set(action, plan);
  }
  return plan;
}
