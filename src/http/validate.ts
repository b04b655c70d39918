import { Router, type Request, type Response } from 'express';
import { Fault } from '../faults.js';
import { shapesProfiles, type ShapesProfile, type StagedDocument } from '../graph/api.js';
import { reportSection } from '../pages/reportSection.js';
import { layout } from '../pages/layout.js';
import { html } from '../pages/html.js';
import { checkIri } from '../rdf/iri.js';
import type { ValidationReport } from '../graph/validation/report.js';
import { contentType } from './body.js';
import { fields, info } from './context.js';
import { viewOf, type Deps } from './deps.js';
import { graphOffers, htmlOffer, isRdfOffer, negotiate, uploadFormat, type Offer } from './formats.js';
import { readMultipart } from './multipart.js';
import type { StageOptions } from './options.js';
import { namedReport, readReport } from './problems.js';
import { route } from './route.js';
import { noStore, sendText } from './send.js';
import { sendOutcome } from './outcome.js';
import { chosenBase, discard, note, withStagedBody, writer } from './writing.js';

const reportOffers: readonly Offer[] = [...graphOffers, htmlOffer];

async function dataset(deps: Deps, req: Request, res: Response): Promise<string | undefined> {
  const given = fields(req).one('dataset');
  if (given === undefined || given.includes(':')) return given === undefined ? undefined : checkIri(given);
  const known = await deps.graph.datasets(info(res).principal.visibility);
  return known.find(({ slug }) => slug === given)?.iri ?? `${deps.graph.base}id/dataset/${given}`;
}

/** `?profile=oslo`: the published cardinalities instead of our own shapes, for a document on its own. */
function chosenProfile(req: Request, dataset: string | undefined): ShapesProfile | undefined {
  const given = fields(req).one('profile');
  if (given === undefined) return undefined;
  const profile = shapesProfiles.find((name) => name === given);
  if (profile === undefined || dataset !== undefined) {
    throw new Fault('bad-request', {
      nl: `De parameter profile is ${shapesProfiles.join(' of ')}, en gaat niet samen met dataset.`,
      en: `The parameter profile is ${shapesProfiles.join(' or ')}, and does not go with dataset.`,
    });
  }
  return profile;
}

async function sendReport(deps: Deps, req: Request, res: Response, report: ValidationReport, offer: Offer): Promise<void> {
  noStore(res);
  if (isRdfOffer(offer)) {
    sendText(res, offer.contentType, await deps.documents.write(await namedReport(deps, req, res, report), { format: offer.format }));
    return;
  }
  const view = viewOf(deps, res);
  const section = reportSection(view, report, await readReport(deps, req, res, report), report.counts.Violation > 0);
  sendText(res, offer.contentType, layout(view, { title: view.t('report'), lead: view.t('reportOnly'), body: html`${section}` }));
}

/** Stages the parts `data` and `shapes` of a multipart body; whatever happens, no file stays behind. */
async function stageParts(deps: Deps, req: Request, from: Pick<StageOptions, 'anonymous'>, work: (data: StagedDocument, shapes: StagedDocument | undefined) => Promise<void>): Promise<void> {
  const staged = new Map<string, StagedDocument>();
  try {
    await readMultipart(req, deps.config.maxUploadBytes, async (part) => {
      if ((part.name !== 'data' && part.name !== 'shapes') || staged.has(part.name)) {
        throw new Fault('bad-request', { nl: 'Stuur één deel "data" en hoogstens één deel "shapes".', en: 'Send one part "data" and at most one part "shapes".' });
      }
      const format = uploadFormat(part.mediaType, part.fileName);
      staged.set(part.name, await deps.stage(part.stream, { format, fileName: part.fileName ?? part.name, ...chosenBase(req), ...from }));
    });
    const data = staged.get('data');
    if (!data) throw new Fault('bad-request', { nl: 'Het deel "data" ontbreekt.', en: 'Part "data" is missing.' });
    await work(data, staged.get('shapes'));
  } finally {
    for (const document of staged.values()) await discard(document);
  }
}

/** `POST /validatie` and `POST /validatie/verschil`: look, but change nothing. */
export function validateRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/validatie', {
    post: async (req, res) => {
      const offer = negotiate(req.get('accept'), reportOffers);
      const { principal } = info(res);
      const iri = await dataset(deps, req, res);
      const profile = chosenProfile(req, iri);
      const from = principal.role === 'reader' ? { anonymous: true } : {};
      const validate = async (document: StagedDocument, shapes?: StagedDocument): Promise<void> => {
        const report = await deps.graph.validate({ document, ...(iri === undefined ? {} : { dataset: iri }), ...(shapes ? { shapes } : {}), ...(profile ? { profile } : {}) }, principal);
        await sendReport(deps, req, res, report, offer);
      };
      if (contentType(req) === 'multipart/form-data') await stageParts(deps, req, from, validate);
      else await withStagedBody(deps, req, undefined, (document) => validate(document), from);
    },
  });
  route(router, '/validatie/verschil', {
    post: async (req, res) => {
      const principal = writer(res);
      const iri = await dataset(deps, req, res);
      if (iri === undefined) throw new Fault('bad-request', { nl: 'Zeg met ?dataset= met welke dataset u vergelijkt.', en: 'Say with ?dataset= which dataset to compare with.' });
      const mode = fields(req).one('wijze') === 'toevoegen' ? 'add' : 'replace';
      await withStagedBody(deps, req, undefined, async (document) => {
        const outcome = await deps.graph.write(
          { action: { kind: 'load', dataset: iri, mode, document }, source: 'load', note: note(req, 'Proef'), dryRun: true, showChanges: 10_000 },
          principal,
        );
        await sendOutcome(deps, req, res, outcome);
      });
    },
  });
  return router;
}

