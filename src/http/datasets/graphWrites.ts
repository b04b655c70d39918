import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { standardDataset } from '../../graph/catalogue.js';
import type { StagedDocument } from '../../graph/api.js';
import { contentType } from '../body.js';
import type { Deps } from '../deps.js';
import { uploadFormat } from '../formats.js';
import { readMultipart } from '../multipart.js';
import { sendOutcome } from '../outcome.js';
import { answerUpdate } from '../sparql/update.js';
import { checkedUpdate, readPost } from '../sparql/protocol.js';
import { chosenBase, discard, note, writeOptions, writer } from '../writing.js';
import { clearContent, ifContent, type ContentTarget } from './content.js';

const patchType = 'application/sparql-update';
/** Documents in one multipart request. */
const maxParts = 100;

/** The parts of a multipart POST are documents; together they are one commit (Graph Store HTTP Protocol §5.5). */
export async function loadParts(deps: Deps, req: Request, res: Response, target: ContentTarget): Promise<void> {
  const principal = writer(res);
  const conditions = ifContent(req, target);
  const documents: StagedDocument[] = [];
  try {
    await readMultipart(
      req,
      deps.config.maxUploadBytes,
      async ({ mediaType, fileName = '', stream }) => {
        const format = uploadFormat(mediaType, fileName);
        documents.push(await deps.stage(stream, { format, fileName, ...chosenBase(req, target.iri) }));
      },
      maxParts,
    );
    if (documents.length === 0) {
      throw new Fault('bad-request', {
        nl: 'Het formulier (multipart) bevat geen bestanden. Geef elk deel een bestandsnaam en een Content-Type.',
        en: 'The multipart body holds no files. Give each part a file name and a Content-Type.',
      });
    }
    const actions = documents.map((document) => ({ kind: 'load', dataset: target.iri, mode: 'add', document }) as const);
    const outcome = await deps.graph.write({ action: { kind: 'all', actions }, source: 'graph-store', note: note(req, 'Toegevoegd'), ...conditions, ...writeOptions(req) }, principal);
    await sendOutcome(deps, req, res, outcome, target.known ? {} : { created: target.place });
  } finally {
    await Promise.all(documents.map(discard));
  }
}

/** A patch of one graph (§5.7): an update whose default graph it is, and that may change nothing else. */
export async function patchGraph(deps: Deps, req: Request, res: Response, target: ContentTarget): Promise<void> {
  writer(res);
  res.setHeader('Accept-Patch', patchType);
  if (contentType(req) !== patchType) {
    throw new Fault('unsupported-media-type', { nl: `Een graaf wijzigt u met ${patchType}.`, en: `A graph is patched with ${patchType}.` });
  }
  const posted = await readPost(req, { query: deps.config.maxQueryBytes, update: deps.config.maxUpdateBytes }, 'update');
  await answerUpdate(deps, req, res, checkedUpdate(posted), target);
}

/** Removes a graph. Who may not remove datasets, and everybody for the unnamed graph, empties it. */
export async function removeGraph(deps: Deps, req: Request, res: Response, target: ContentTarget): Promise<void> {
  const principal = writer(res);
  if (!target.known || !principal.createDatasets || target.iri === standardDataset(deps.graph.base)) {
    await clearContent(deps, req, res, target);
    return;
  }
  const outcome = await deps.graph.write(
    { action: { kind: 'drop', dataset: target.iri }, source: 'graph-store', note: note(req, 'Verwijderd'), ...ifContent(req, target), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
