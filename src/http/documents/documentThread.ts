import { parentPort } from 'node:worker_threads';
import type { QuadLine } from '../../graph/changeset.js';
import { serve } from '../../graph/threads/rpc.js';
import { fromLine } from '../../rdf/nquads.js';
import { serialiseString, type SerialiseOptions } from '../../rdf/serialise.js';

/** What the writing thread does: documents too large to be written beside other requests. */
export interface DocumentCalls {
  readonly write: { readonly args: { readonly lines: readonly QuadLine[]; readonly options: SerialiseOptions }; readonly answer: string };
}

if (parentPort) {
  serve<DocumentCalls>(parentPort, { write: ({ lines, options }) => serialiseString(lines.map(fromLine), options) });
}
