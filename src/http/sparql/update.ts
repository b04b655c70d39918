import type { Request, Response } from 'express';
import { checkIri } from '../../rdf/iri.js';
import type { Deps } from '../deps.js';
import { sendOutcome } from '../outcome.js';
import { ifHead, note, writeOptions, writer } from '../writing.js';
import type { Asked } from './protocol.js';

/** Carries out an update (SPARQL 1.1 Protocol §2.2); the whole request is one commit. */
export async function answerUpdate(deps: Deps, req: Request, res: Response, { text, parameters }: Asked): Promise<void> {
  const principal = writer(res);
  const usingGraphs = parameters.all('using-graph-uri').map(checkIri);
  const usingNamedGraphs = parameters.all('using-named-graph-uri').map(checkIri);
  const outcome = await deps.graph.write(
    {
      action: {
        kind: 'update',
        update: text,
        ...(usingGraphs.length > 0 ? { usingGraphs } : {}),
        ...(usingNamedGraphs.length > 0 ? { usingNamedGraphs } : {}),
      },
      source: 'update',
      note: note(req, 'SPARQL-update'),
      ...ifHead(req),
      ...writeOptions(req, parameters),
    },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
