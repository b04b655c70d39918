import { allRights } from '../graph/principal.js';
import { createdDatasets } from '../datasets/meantDataset.js';
import { Fault } from '../faults.js';
import type { CommitView, StagedDocument, WriteAction, WriteOutcome, WriteRequest } from '../graph/api.js';
import { datasetIri, namesFor } from '../http/deps.js';
import { changesBetween } from '../http/history/difference.js';
import { readMoment } from '../http/history/moment.js';
import { patchText } from '../http/history/patch.js';
import { agentObject, countsObject } from '../http/outcome.js';
import { readableResult } from '../http/problems.js';
import { Vocabulary } from '../http/vocabulary.js';
import { inLanguage } from '../pages/labels.js';
import { reportTerms, resultViews } from '../pages/reportView.js';
import { translator } from '../pages/words.js';
import { isAbsoluteIri } from '../rdf/iri.js';
import { fromLine, joinLine, splitLine } from '../rdf/nquads.js';
import { serialise } from '../rdf/serialise.js';
import type { RdfFormat } from '../rdf/mediaTypes.js';
import type { Service } from '../service.js';
import type { ValidationReport } from '../graph/validation/report.js';
import type { Client, QueryForms, Upload, WriteFlags } from './client.js';
import { remark, type DatasetDocument, type DatasetName, type OutcomeDocument, type Reported, type VersionDocument } from './documents.js';
import type { Language } from './io.js';

const shownChanges = 1000;

type Asked = Pick<WriteRequest, 'action' | 'source'> & { readonly fallback: string; readonly origin?: string; readonly force?: boolean };

/** A graph in a folder of this machine, in this process. */
export class LocalClient implements Client {
  readonly #service: Service;
  readonly #language: Language;
  readonly #vocabulary = new Vocabulary();

  constructor(service: Service, language: Language) {
    this.#service = service;
    this.#language = language;
  }

  get base(): string {
    return this.#service.graph.base;
  }

  async query(text: string, { results, graph, withProposals = false, at }: QueryForms): Promise<{ mediaType: string; body: string }> {
    const asked = at === undefined ? this.#service.graph : await this.#service.graph.at(readMoment(at), allRights.visibility);
    return asked.query({ query: text, resultFormat: resultFormat(results), graphFormat: graph, withProposals }, allRights.visibility);
  }

  update(text: string, flags: WriteFlags): Promise<OutcomeDocument> {
    return this.#write({ action: { kind: 'update', update: text }, source: 'update', fallback: 'SPARQL Update' }, flags);
  }

  async load(file: Upload, dataset: string, options: Parameters<Client['load']>[2]): Promise<OutcomeDocument> {
    const iri = await this.#iri(dataset);
    return this.#staged(file, options.onBytes, async (document) => {
      const action: WriteAction = { kind: 'load', dataset: iri, mode: options.replace ? 'replace' : 'add', document };
      const done = await this.#write({ action, source: 'load', fallback: `${options.replace ? 'Vervangen' : 'Toegevoegd'}: ${file.name}`, origin: file.name }, options);
      return { ...done, gelezen: document.quads };
    });
  }

  async validate(file: Upload, { dataset, shapes, profile }: Parameters<Client['validate']>[1]): Promise<Reported> {
    const iri = dataset === undefined ? undefined : await this.#iri(dataset);
    const check = (document: StagedDocument, rules?: StagedDocument): Promise<ValidationReport> =>
      this.#service.graph.validate({ document, ...(iri === undefined ? {} : { dataset: iri }), ...(rules ? { shapes: rules } : {}), ...(profile ? { profile } : {}) }, allRights);
    const report = await this.#staged(file, undefined, (document) =>
      shapes === undefined ? check(document) : this.#staged(shapes, undefined, (rules) => check(document, rules)),
    );
    return this.#reported(report);
  }

  async datasets(): Promise<readonly DatasetDocument[]> {
    const datasets = await this.#service.graph.datasets(allRights.visibility);
    return datasets.map(({ slug, iri, title, status, mode, visibility, quads }) => ({
      naam: slug,
      iri,
      titel: inLanguage(title, this.#language),
      bronstatus: status,
      controle: mode,
      zichtbaarheid: visibility,
      quads,
    }));
  }

  async datasetNames(): Promise<readonly DatasetName[]> {
    return (await this.#service.graph.datasets(allRights.visibility)).map(({ slug, iri }) => ({ slug, iri }));
  }

  async *export(dataset: string, format: RdfFormat): AsyncIterable<string> {
    const batches = this.#service.graph.export(await this.#iri(dataset), allRights.visibility);
    if (format.id === 'nquads' || format.id === 'ntriples') {
      for await (const batch of batches) yield batch.map((line) => `${format.id === 'nquads' ? line : withoutGraph(line)}\n`).join('');
      return;
    }
    yield* serialise(quadsOf(batches, format.quads), { format });
  }

  async history(iri: string, limit: number): Promise<readonly VersionDocument[]> {
    const { graph } = this.#service;
    const commits = await graph.commits({ entity: iri, limit }, allRights.visibility);
    return commits.map(versionOf);
  }

  async commit(number: number): Promise<VersionDocument> {
    const { graph } = this.#service;
    const commit = await graph.commit(number, allRights.visibility);
    if (!commit) throw new Fault('not-found', { nl: `Versie ${number} bestaat niet.`, en: `There is no version ${number}.` });
    const changes: string[] = [];
    for await (const batch of graph.changes(number, allRights.visibility)) {
      changes.push(...batch.map(({ op, line }) => `${op} ${line}`));
      if (changes.length > shownChanges) break;
    }
    return { ...versionOf(commit), verschil: changes.slice(0, shownChanges), ...(changes.length > shownChanges ? { meer: true } : {}) };
  }

  undo(number: number, flags: WriteFlags & { readonly force?: boolean }): Promise<OutcomeDocument> {
    return this.#write({ action: { kind: 'undo', commit: number }, source: 'undo', fallback: `Versie ${number} ongedaan gemaakt`, force: flags.force === true }, flags);
  }

  async *diff(from: string, to: string | undefined, { entity, dataset }: { readonly entity?: string; readonly dataset?: string }): AsyncIterable<string> {
    const { graph } = this.#service;
    const who = allRights.visibility;
    const first = await graph.at(readMoment(from), who);
    const last = await graph.at(to === undefined ? { commit: first.sight.head.number } : readMoment(to), who);
    const iri = dataset === undefined ? undefined : await this.#iri(dataset);
    yield* patchText(changesBetween(graph, { from: first, to: last, entity, dataset: iri }, who), {});
  }

  close(): Promise<void> {
    return this.#service.close();
  }

  async #iri(dataset: string): Promise<string> {
    if (isAbsoluteIri(dataset)) return dataset;
    const { graph } = this.#service;
    return datasetIri(graph, dataset, await graph.datasets(allRights.visibility));
  }

  async #staged<T>(file: Upload, onBytes: ((done: number) => void) | undefined, work: (document: StagedDocument) => Promise<T>): Promise<T> {
    const document = await this.#service.stage(file.opened(onBytes), { format: file.format, file: file.name });
    try {
      return await work(document);
    } finally {
      await this.#service.discard(document);
    }
  }

  async #write({ action, source, fallback, origin, force }: Asked, { dryRun, message, ifVersion }: WriteFlags): Promise<OutcomeDocument> {
    const request: WriteRequest = {
      action,
      source,
      note: { message: message ?? fallback, ...(origin === undefined ? {} : { origin }) },
      ...(dryRun === true ? { dryRun, showChanges: shownChanges } : {}),
      ...(ifVersion === undefined ? {} : { ifHead: ifVersion }),
      ...(force === true ? { force } : {}),
    };
    return this.#outcome(await this.#service.graph.write(request, allRights));
  }

  async #outcome(outcome: WriteOutcome): Promise<OutcomeDocument> {
    const created = 'created' in outcome ? outcome.created : undefined;
    const shared = {
      ...(created ? { nieuweDatasets: createdDatasets(created, await this.datasetNames()) } : {}),
      ...(await this.#reported(outcome.report)),
      ...(outcome.operations ? { bewerkingen: outcome.operations.map(({ matched, changed }) => ({ gevonden: matched, gewijzigd: changed })) } : {}),
    };
    switch (outcome.outcome) {
      case 'unchanged':
        return { uitkomst: 'ongewijzigd', versie: outcome.head, ...shared };
      case 'rejected':
        return { uitkomst: 'geweigerd', wijzigingen: countsObject(outcome.counts), ...shared };
      case 'committed': {
        const { number, hash, time } = outcome.commit;
        return { uitkomst: 'gepubliceerd', versie: number, hash, tijd: time, wijzigingen: countsObject(outcome.counts), ...shared };
      }
      case 'dry-run':
        return {
          uitkomst: 'proef',
          aanvaardbaar: outcome.wouldCommit,
          wijzigingen: countsObject(outcome.counts),
          verschil: outcome.changes.map(({ op, line }) => `${op} ${line}`),
          ...(outcome.more ? { meer: true } : {}),
          ...shared,
        };
    }
  }

  async #reported(report: ValidationReport): Promise<Reported> {
    const deps = { graph: this.#service.graph, vocabulary: this.#vocabulary };
    const names = await namesFor(deps, reportTerms(report), allRights.visibility, this.#language);
    const results = resultViews(report, names, translator(this.#language)('noMessage'));
    return {
      rapport: results.map((result) => remark.parse(readableResult(result))),
      aantallen: { ...report.counts },
      ...(report.truncated ? { afgekapt: true } : {}),
    };
  }
}

function resultFormat(mediaType: string): Parameters<Service['graph']['query']>[0]['resultFormat'] {
  switch (mediaType) {
    case 'application/sparql-results+xml':
    case 'text/csv':
    case 'text/tab-separated-values':
      return mediaType;
    default:
      return 'application/sparql-results+json';
  }
}

function versionOf(commit: CommitView): VersionDocument {
  const { number, time, message, agent, source, hash, previous, parts } = commit;
  return {
    versie: number,
    tijd: time,
    omschrijving: message,
    door: agentObject(agent),
    soort: source,
    hash,
    vorige: previous,
    wijzigingen: countsObject(new Map(parts.map((part) => [part.dataset, part]))),
  };
}

function withoutGraph(line: string): string {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, object);
}

async function* quadsOf(batches: AsyncIterable<readonly string[]>, withGraph: boolean): AsyncIterable<ReturnType<typeof fromLine>> {
  for await (const batch of batches) for (const line of batch) yield fromLine(withGraph ? line : withoutGraph(line));
}
