import type { Request, Response } from 'express';
import type { Principal } from '../../graph/principal.js';
import { Fault } from '../../faults.js';
import type { EntityAnswer, WriteRequest } from '../../graph/api.js';
import type { QuadLine } from '../../graph/changeset.js';
import { readStaged } from '../../graph/stagedFile.js';
import { checkIri } from '../../rdf/iri.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import { documentPath } from '../../pages/view.js';
import { fields } from '../context.js';
import { address, type Deps } from '../deps.js';
import { expectedState, parseTagList } from '../etag.js';
import { sendOutcome } from '../outcome.js';
import { alreadyThere, changedMeanwhile, note, refused, withStagedBody, writeOptions, writer } from '../writing.js';
import type { Asked } from './find.js';

/** The dataset a write goes to: `?dataset=` (IRI or slug), else the only one the caller may write. */
async function target(deps: Deps, req: Request, principal: Principal): Promise<string> {
  const given = fields(req).one('dataset');
  if (given !== undefined) {
    if (given.includes(':')) return checkIri(given);
    const own = `${deps.graph.base}id/dataset/${given}`;
    // Only the slug of a dataset elsewhere has an escape in it.
    if (!given.includes('%')) return own;
    const known = await deps.graph.datasets(principal.visibility);
    return known.find(({ slug }) => slug === given)?.iri ?? own;
  }
  const [only, ...more] = principal.write === '*' ? [] : principal.write;
  if (only !== undefined && more.length === 0) return only;
  throw new Fault('bad-request', {
    nl: 'Zeg met ?dataset= in welke dataset u schrijft.',
    en: 'Say with ?dataset= which dataset you write.',
  });
}

interface Current {
  readonly iri: string;
  readonly answer?: EntityAnswer;
  readonly inDataset: boolean;
}

async function current(deps: Deps, principal: Principal, asked: Asked, dataset: string): Promise<Current> {
  for (const iri of asked.iris) {
    const answer = await deps.graph.entity(iri, principal.visibility);
    if (answer && !('gone' in answer)) return { iri, answer, inDataset: answer.datasets.some((part) => part.dataset === dataset) };
  }
  return { iri: checkIri(asked.iris[0] ?? ''), inDataset: false };
}

/**
 * Preconditions (RFC 9110 §13.2.2). Only the state part of a tag counts: a client that read Turtle may write what a
 * client that read HTML could. The kernel compares it again in the writer, where nothing can come in between.
 */
function preconditions(req: Request, { iri, inDataset }: Current, dataset: string): Pick<WriteRequest, 'ifEntity' | 'unlessRepeated'> {
  if (parseTagList(req.get('if-none-match')) === '*' && inDataset) return refused(req, alreadyThere());
  const expected = expectedState(req.get('if-match'));
  if (expected === undefined) return {};
  if (expected === 'none' || !inDataset) return refused(req, changedMeanwhile());
  return expected === '*' ? {} : { ifEntity: { iri, dataset, commit: expected } };
}

function inGraph(line: QuadLine, dataset: string): QuadLine {
  const { subject, predicate, object, graph } = splitLine(line);
  const own = `<${dataset}>`;
  if (graph !== '' && graph !== own) {
    throw new Fault('foreign-quads', {
      nl: `Het document noemt een andere graaf (${graph}) dan de dataset waarin u schrijft.`,
      en: `The document names another graph (${graph}) than the dataset you write.`,
    });
  }
  return joinLine(subject, predicate, object, own);
}

/** Replaces what one dataset says of an entity. */
export async function putEntity(deps: Deps, req: Request, res: Response, asked: Asked): Promise<void> {
  const principal = writer(res);
  const dataset = await target(deps, req, principal);
  const entity = await current(deps, principal, asked, dataset);
  const conditions = preconditions(req, entity, dataset);
  await withStagedBody({ ...deps, config: { ...deps.config, maxUploadBytes: deps.config.maxEntityBytes } }, req, entity.iri, async (document) => {
    const lines = [...readStaged(document.path)].flatMap((batch) => batch.map(({ quad }) => inGraph(quad, dataset)));
    const outcome = await deps.graph.write(
      { action: { kind: 'entity', iri: entity.iri, dataset, lines }, source: 'entity', note: note(req, `Gewijzigd: ${entity.iri}`), ...conditions, ...writeOptions(req) },
      principal,
    );
    await sendOutcome(deps, req, res, outcome, entity.answer ? {} : { created: address(deps, documentPath(deps.graph.base, entity.iri)) });
  });
}

/** Removes what one dataset says of an entity. */
export async function deleteEntity(deps: Deps, req: Request, res: Response, asked: Asked): Promise<void> {
  const principal = writer(res);
  const dataset = await target(deps, req, principal);
  const entity = await current(deps, principal, asked, dataset);
  const absent = new Fault('not-found', { nl: `De dataset ${dataset} beschrijft ${entity.iri} niet.`, en: `Dataset ${dataset} does not describe ${entity.iri}.` });
  const conditions = { ...preconditions(req, entity, dataset), ...(entity.inDataset ? {} : refused(req, absent)) };
  const outcome = await deps.graph.write(
    { action: { kind: 'entity', iri: entity.iri, dataset, lines: [] }, source: 'entity', note: note(req, `Verwijderd: ${entity.iri}`), ...conditions, ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
