import type { Quad } from '@rdfjs/types';
import type { Request, Response } from 'express';
import { withMeantDataset } from '../datasets/meantDataset.js';
import { Fault, faultKinds, type FaultData } from '../faults.js';
import { problemPage } from '../pages/problemPages.js';
import { reportSection } from '../pages/reportSection.js';
import { reportNames, reportTerms, resultViews, type ResultView } from '../pages/reportView.js';
import { translator, type Language } from '../pages/words.js';
import type { ValidationReport } from '../graph/validation/report.js';
import { reportToQuads } from '../validation/reportQuads.js';
import { choose, prefersHtml } from './accept.js';
import { info, visibility } from './context.js';
import { namesOf, viewOf, type Deps } from './deps.js';
import { graphOffers, type RdfOffer } from './formats.js';
import { noStore, sendJson, sendText } from './send.js';
import { shortFault } from './shortFault.js';

/** Language of a problem for a program: English only when that is all it asks for (or by `?taal=`). */
export function problemLanguage(req: Request, res: Response): Language {
  const asked = (req.get('accept-language') ?? '').split(',').map((item) => item.trim().toLowerCase()).filter((item) => item !== '' && !item.startsWith('*'));
  return info(res).language === 'en' || (asked.length > 0 && asked.every((item) => /^en\b/.test(item))) ? 'en' : 'nl';
}

/** A validation result as programs and people read it in `rapport`. */
export function readableResult(result: ResultView): Readonly<Record<string, unknown>> {
  return {
    ernst: { Violation: 'fout', Warning: 'waarschuwing', Info: 'opmerking' }[result.severity],
    onderwerp: result.subject.iri,
    naam: result.subject.label,
    ...(result.field ? { veld: result.field.label, pad: result.field.path } : {}),
    ...(result.value === undefined ? {} : { waarde: result.value }),
    melding: result.message,
    ...(result.line === undefined ? {} : { regel: result.line }),
    oorzaak: result.existing ? 'was-al-zo' : 'deze-wijziging',
    dataset: result.dataset,
    vorm: result.shape,
  };
}

/** The problem document of a fault (RFC 9457). */
function problemDocument(base: string, fault: FaultData, language: Language, requestId: string): Record<string, unknown> {
  const { status, title } = faultKinds[fault.code];
  return {
    type: `${base}problemen/${fault.code}`,
    title: title[language],
    status,
    detail: fault.detail[language],
    code: fault.code,
    ...fault.place,
    ...fault.extra,
    verzoek: requestId,
  };
}

const problemOffers = [{ mediaType: 'application/problem+json' }, { mediaType: 'application/json' }] as const;

/**
 * Answers with a problem in the form the client reads: a page for a browser; the report as RDF for a client that asks
 * for RDF; problem+json for all others, whatever they accept (an error must be readable).
 */
export async function sendProblem(deps: Deps, req: Request, res: Response, fault: FaultData, report?: ValidationReport): Promise<void> {
  const { status } = faultKinds[fault.code];
  const { id } = info(res);
  const told = shortFault(fault.code === 'unknown-dataset' ? await withKnownDatasets(deps, res, fault) : fault);
  for (const header of ['ETag', 'Last-Modified', 'Content-Encoding', 'Content-Length', 'Link']) res.removeHeader(header);
  res.status(status);
  noStore(res);
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="regiograaf"');
  if (fault.retryAfter !== undefined || status === 503) res.setHeader('Retry-After', String(fault.retryAfter ?? 5));
  const accept = req.get('accept');
  const results = report ? await readReport(deps, req, res, report) : [];
  if (prefersHtml(accept)) {
    const view = viewOf(deps, res);
    const section = report ? reportSection(view, report, results, true) : undefined;
    sendText(res, 'text/html; charset=utf-8', problemPage(view, told, { requestId: id, report: section }));
    return;
  }
  const offer = report && choose<RdfOffer | (typeof problemOffers)[number]>(accept, [...problemOffers, ...graphOffers.filter(({ name }) => name !== 'json')]);
  if (report && offer && 'format' in offer) {
    sendText(res, offer.contentType, await deps.documents.write(await namedReport(deps, req, res, report), { format: offer.format }));
    return;
  }
  const document = problemDocument(deps.graph.base, told, problemLanguage(req, res), id);
  sendJson(res, report ? { ...document, rapport: results.map(readableResult), aantallen: report.counts, ...(report.truncated ? { afgekapt: true } : {}) } : document, 'application/problem+json');
}

/** A name that is nearly that of a dataset was most likely meant to be it. */
async function withKnownDatasets(deps: Deps, res: Response, fault: FaultData): Promise<FaultData> {
  return withMeantDataset(fault, await deps.graph.datasets(visibility(res)).catch(() => []));
}

/** The results of a report with names in them. */
export async function readReport(deps: Deps, req: Request, res: Response, report: ValidationReport): Promise<readonly ResultView[]> {
  const language = prefersHtml(req.get('accept')) ? info(res).language : problemLanguage(req, res);
  const names = await namesOf(deps, res, reportTerms(report));
  return resultViews(report, names.in(language), translator(language)('noMessage'));
}

/** A report as RDF, with the names a program may show. */
export async function namedReport(deps: Deps, req: Request, res: Response, report: ValidationReport): Promise<readonly Quad[]> {
  const names = await namesOf(deps, res, reportTerms(report));
  return reportToQuads(report, reportNames(names.in(problemLanguage(req, res))));
}

/** The fault of data that violate the shapes. */
export function violated(report: ValidationReport): FaultData {
  const own = report.results.filter(({ severity, origin }) => severity === 'Violation' && origin === 'change').length || report.counts.Violation;
  return {
    code: 'shapes-violated',
    detail: {
      nl: `De gegevens bevatten ${own === 1 ? 'één fout' : `${own} fouten`} tegen de regels en zijn niet bewaard. Het verslag noemt ze.`,
      en: `The data violate the rules (${own} ${own === 1 ? 'error' : 'errors'}) and were not stored. The report lists them.`,
    },
  };
}

/** Any thrown value as a fault: ours as they are, the framework's by status, everything else as `internal`. */
export function asFault(error: unknown, requestId: string): FaultData {
  if (error instanceof Fault) return error.data;
  if (error instanceof URIError || (error instanceof Error && 'status' in error && error.status === 400)) {
    return { code: 'bad-request', detail: { nl: 'Het adres of het verzoek is niet goed gecodeerd.', en: 'The address or the request is not encoded well.' } };
  }
  return {
    code: 'internal',
    detail: {
      nl: `Er liep iets mis bij ons. Meld het nummer ${requestId}, dan kunnen wij het terugvinden.`,
      en: `Something went wrong on our side. Report the id ${requestId} so that it can be found.`,
    },
  };
}
