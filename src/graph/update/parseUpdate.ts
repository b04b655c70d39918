import type { UpdatePlan } from './plan.js';

export interface ParseUpdateOptions {
  /** Resolves relative IRIs; a request's own BASE wins. */
  readonly base?: string;
  /** `using-graph-uri` and `using-named-graph-uri` (SPARQL 1.1 Protocol §2.2.3). */
  readonly usingGraphs?: readonly string[];
  readonly usingNamedGraphs?: readonly string[];
}

/** Parses a SPARQL 1.1 Update request. Faults: query-syntax, operation-refused, relative-iri, invalid-iri, bad-request. */
export function parseUpdate(text: string, options: ParseUpdateOptions = {}): UpdatePlan {
  throw new Error(`not written yet: ${text}${options.base ?? ''}`);
}
