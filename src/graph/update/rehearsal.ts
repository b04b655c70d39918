import { Fault } from '../../faults.js';
import type { WriteAction } from '../api.js';
import type { Engine } from '../engine/engine.js';
import type { Principal } from '../principal.js';
import type { SelectOptions } from '../state.js';
import { planOf } from './planOf.js';
import { after } from './whereQuery.js';
import { whereScopes } from './whereScopes.js';

/** The WHERE of an operation, to be tried out. */
export interface Rehearsal {
  /** Finds the one solution beyond those an operation may have. */
  readonly select: string;
  readonly options: SelectOptions;
}

export interface RehearsalOptions extends Pick<Engine, 'datasets'> {
  readonly base: string;
  readonly principal: Principal;
  readonly unionDefaultGraph: boolean;
  readonly maxRows: number;
}

/**
 * What of an update may take so long that a reader tries it out first, which can be ended while everybody else writes.
 * It sees what is public now, without what earlier operations of the request do: near enough to know how long it takes.
 */
export function rehearsalsOf(action: WriteAction, options: RehearsalOptions): readonly Rehearsal[] {
  if (action.kind !== 'update') return [];
  const context = { ...options, ...(action.onlyGraph === undefined ? {} : { onlyGraph: action.onlyGraph }) };
  return planOf(action, options.base).operations.flatMap((operation) =>
    operation.kind === 'modify' && !operation.light ? [rehearsalOf(operation, whereScopes(operation.dataset, context), options.maxRows)] : [],
  );
}

function rehearsalOf(operation: Parameters<typeof after>[0], options: SelectOptions, maxRows: number): Rehearsal {
  return { select: after(operation, maxRows, options), options };
}

/** @throws Fault too-large for a WHERE with more solutions than an operation may have. */
export function rehearse(rehearsals: readonly Rehearsal[], maxRows: number, engine: Pick<Engine, 'select'>): undefined {
  for (const { select, options } of rehearsals) {
    const [row] = engine.select(select, options);
    if (row && select.endsWith(`OFFSET ${maxRows} LIMIT 1`)) throw tooManySolutions(maxRows);
  }
  return undefined;
}

export function tooManySolutions(maxRows: number): Fault {
  return new Fault(
    'too-large',
    {
      nl: `De WHERE heeft meer dan ${maxRows.toLocaleString('nl-BE')} oplossingen. Er is niets gewijzigd. Doe het in delen, bijvoorbeeld per soort of met een subquery met LIMIT; een hele graaf leegt of kopieert u met CLEAR of COPY.`,
      en: `The WHERE has more than ${maxRows.toLocaleString('en')} solutions. Nothing was changed. Do it in parts, by type for instance or with a subquery with LIMIT; a whole graph is emptied or copied with CLEAR or COPY.`,
    },
    { extra: { limitRows: maxRows } },
  );
}
