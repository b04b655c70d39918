import type { OperationCount } from '../api.js';
import { standardDataset } from '../catalogue.js';
import { AskedChanges } from './askedChanges.js';
import type { UpdateContext } from './context.js';
import { runGraphOperation } from './graphOperations.js';
import { Instantiator } from './instantiate.js';
import type { UpdateOperation } from './plan.js';
import { tooManySolutions } from './rehearsal.js';
import { upTo } from './whereQuery.js';
import { whereScopes } from './whereScopes.js';
import { WriteRights } from './writeRights.js';

/**
 * Carries out one operation: reads through `context.state`, gives its effective changes to `context.emit`.
 * `matched` counts the quads it asked to delete and to insert, `changed` those that made a difference.
 * @throws Fault forbidden, unknown-dataset, conflict (CREATE of what exists), too-large (more solutions than `maxRows`).
 */
export function runOperation(operation: Exclude<UpdateOperation, { readonly kind: 'load' }>, context: UpdateContext): OperationCount {
  const rights = new WriteRights(context);
  if (operation.kind !== 'data' && operation.kind !== 'modify') return runGraphOperation(operation, context, rights);
  using asked = new AskedChanges(context);
  const make = new Instantiator({ defaultGraph: context.onlyGraph ?? standardDataset(context.base), skolem: context.skolem });
  if (operation.kind === 'data') {
    for (const quad of make.quads(operation.quads, new Map())) asked.add(operation.op, quad);
  } else {
    const { maxRows } = context;
    let rows = 0;
    const scopes = whereScopes(operation.dataset, context);
    for (const row of context.state.select(upTo(operation, maxRows + 1, scopes), scopes)) {
      if ((rows += 1) > maxRows) throw tooManySolutions(maxRows);
      for (const quad of make.quads(operation.deletes, row)) asked.add('-', quad);
      for (const quad of make.quads(operation.inserts, row)) asked.add('+', quad);
    }
  }
  return asked.finish(rights);
}
