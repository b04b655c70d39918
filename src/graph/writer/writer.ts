import type { Quad } from '@rdfjs/types';
import { Fault } from '../../faults.js';
import type { Principal } from '../principal.js';
import type { ValidationReport } from '../validation/report.js';
import { fromLine } from '../../rdf/nquads.js';
import type { GraphValidator } from '../validation/contract.js';
import type { OperationCount, StagedDocument, WriteAction, WriteOutcome, WriteRequest } from '../api.js';
import { catalogueGraph, derivedDataset, shapesDataset } from '../catalogue.js';
import type { StagedChangeset } from '../changes/stagedChangeset.js';
import type { Change, QuadLine } from '../changeset.js';
import type { CommitHeader } from '../commit.js';
import { derive } from '../derivation/derive.js';
import type { Deriver } from '../derivation/deriver.js';
import { refuseDerived } from '../derivation/refuseDerived.js';
import { describedBy } from '../dataset.js';
import type { Engine } from '../engine/engine.js';
import { isTrap } from '../engine/oxigraphModule.js';
import type { Publication } from '../engine/readerPublisher.js';
import type { Head, Journal } from '../journal/journal.js';
import { performAction } from './actions.js';
import { Composition } from './composition.js';
import { touchedEntities } from './owners.js';
import { RepeatedRequests } from './repeatedRequests.js';
import { rehearsalsOf, type Rehearsal } from '../update/index.js';
import { withSourceLines } from '../validation/sourceLines.js';

const emptyReport: ValidationReport = { conforms: true, results: [], truncated: false, counts: { Violation: 0, Warning: 0, Info: 0 } };

/** Changesets up to this size travel to the readers inside the message; larger ones are read from the log. */
const inlineChanges = 5000;

export interface WriterOptions {
  readonly journal: Journal;
  /** The private primary: always the state of the log's head between two writes. */
  readonly engine: Engine;
  /** Validation by the shapes of the package and these; Fault shapes-invalid when they do not make sense. */
  readonly validatorWith: (shapes: Iterable<Quad>) => GraphValidator;
  /** What follows from a change becomes part of it; without one nothing is derived. */
  readonly deriver?: Deriver;
  readonly base: string;
  /** Folder for changesets that outgrow memory. */
  readonly folder: string;
  readonly unionDefaultGraph: boolean;
  /** Solutions the WHERE of an update may have. */
  readonly maxUpdateRows: number;
  /** Results a report keeps at most. */
  readonly reportLimit: number;
}

/** A commit as the readers hear of it, and the head it makes. */
export interface HeadPublication extends Publication {
  readonly head: Head;
}

export interface Written {
  readonly outcome: WriteOutcome;
  readonly publication?: HeadPublication;
}

/**
 * The choke point. Every write becomes a changeset against the state before it, is checked for rights, validated,
 * appended to the log and only then published; anything that fails on the way leaves store and log as they were.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #repeats: RepeatedRequests;
  #validator: GraphValidator;
  #sound = true;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#validator = this.#validatorNow();
    this.#repeats = new RepeatedRequests(options.journal, options.base);
  }

  /** The shapes in force. */
  get validator(): GraphValidator {
    return this.#validator;
  }

  /** False once the store may not be what the log says: only a fresh writer, from the log, is of use then. */
  get sound(): boolean {
    return this.#sound;
  }

  /** What of a write has to be tried out elsewhere before. @throws Fault query-syntax and others of the parser. */
  rehearsals(request: WriteRequest, principal: Principal): readonly Rehearsal[] {
    if (principal.role === 'reader') return [];
    const { engine, base, unionDefaultGraph, maxUpdateRows: maxRows } = this.#options;
    return rehearsalsOf(request.action, { datasets: engine.datasets, base, principal, unionDefaultGraph, maxRows });
  }

  /** @throws Fault for rights, syntax, preconditions, storage; a broken shape is the outcome `rejected`. */
  write(request: WriteRequest, principal: Principal): Written {
    if (principal.role === 'reader') throw forbidden();
    const remembered = this.#repeats.recall(request, principal);
    if (remembered) return { outcome: remembered };
    this.#checkPreconditions(request);
    const { engine, base, folder } = this.#options;
    // The plain dataset of the specifications takes any RDF: what breaks a shape is reported.
    const impliedMode = this.#options.unionDefaultGraph ? 'enforce' : 'report';
    using composition = new Composition({ engine, base, folder, principal, impliedMode });
    const before = this.#options.journal.head?.number;
    try {
      return this.#carryOut(request, principal, composition);
    } catch (fault) {
      this.#sound = false;
      // Once the commit is in the log the store has to keep it, whatever went wrong after that.
      if (this.#options.journal.head?.number === before) {
        composition.takeBack();
        this.#sound = composition.sound && !isTrap(fault);
      }
      throw fault;
    }
  }

  #carryOut(request: WriteRequest, principal: Principal, composition: Composition): Written {
    const operations = performAction(request.action, composition, {
      force: request.force ?? false,
      unionDefaultGraph: this.#options.unionDefaultGraph,
      maxUpdateRows: this.#options.maxUpdateRows,
      journal: this.#options.journal,
    });
    this.#checkRights(composition.changeset(), principal, composition);
    const { deriver } = this.#options;
    if (deriver) derive(composition, deriver, request.action.kind === 'derive');
    const changes = composition.changeset();
    if (changes.size === 0 && !request.dryRun) {
      const outcome: WriteOutcome = { outcome: 'unchanged', head: this.#options.journal.head?.number ?? 0, report: emptyReport, ...counted(operations) };
      this.#repeats.remember(request, principal, outcome);
      return { outcome };
    }
    // A change to the shapes is judged by the new shapes, and counts from then on.
    const validator = changes.counts.has(shapesDataset(this.#options.base)) ? this.#validatorNow() : this.#validator;
    const { report, blocking } = this.#validate(validator, changes, composition, request.action);
    const composed = { counts: new Map(changes.counts), report, ...counted(operations), ...created(composition) };
    if (request.dryRun) {
      const shown = firstChanges(changes, request.showChanges ?? 0);
      composition.takeBack();
      return { outcome: { ...composed, outcome: 'dry-run', wouldCommit: !blocking && changes.size > 0, ...shown } };
    }
    if (blocking) {
      composition.takeBack();
      return { outcome: { ...composed, outcome: 'rejected' } };
    }
    const commit = this.#append(request, principal, changes, composed);
    this.#validator = validator;
    return {
      outcome: { ...composed, outcome: 'committed', commit },
      publication: {
        number: commit.number,
        head: { number: commit.number, hash: commit.hash, time: commit.time },
        size: changes.size,
        ...(changes.size <= inlineChanges ? { changes: [...changes.changes()] } : {}),
      },
    };
  }

  #checkPreconditions(request: WriteRequest): void {
    if (request.unlessRepeated) throw Fault.from(request.unlessRepeated);
    const head = this.#options.journal.head?.number ?? 0;
    if (request.ifHead !== undefined && request.ifHead !== head) throw changedMeanwhile(request.ifHead, head);
    if (request.ifDataset) {
      const { iri, commit } = request.ifDataset;
      const last = this.#options.journal.headers({ dataset: iri, limit: 1 })[0]?.number ?? 0;
      if (last !== commit) throw changedMeanwhile(commit, last);
    }
    if (request.ifEntity) {
      const { iri, dataset, commit } = request.ifEntity;
      const last = this.#options.journal.touched(iri, [dataset])?.commit ?? 0;
      if (last !== commit) throw changedMeanwhile(commit, last);
    }
  }

  #checkRights(changes: StagedChangeset, principal: Principal, composition: Composition): void {
    for (const dataset of changes.counts.keys()) {
      refuseDerived(dataset, this.#options.base);
      if (dataset === catalogueGraph(this.#options.base) || describedBy(dataset) !== undefined) continue;
      if (principal.write === '*' || principal.write.includes(dataset) || composition.created.has(dataset)) continue;
      throw forbidden(dataset);
    }
  }

  #validatorNow(): GraphValidator {
    const { engine, base, validatorWith } = this.#options;
    return validatorWith(quadsOf(engine.lines(shapesDataset(base))));
  }

  #validate(
    validator: GraphValidator,
    changes: StagedChangeset,
    composition: Composition,
    action: WriteAction,
  ): { report: ValidationReport; blocking: boolean } {
    const { engine, reportLimit: limit } = this.#options;
    if (validator !== this.#validator) {
      // What the data already say against a new shape is reported, and blocks nothing but later changes to it.
      return { report: validator.validateAll(engine, composition.visible(), { limit }), blocking: false };
    }
    // A dataset the caller may not see takes no part: a refusal because of it would tell what is in it.
    const { report, blocking } = validator.validateChange({
      after: engine,
      changes,
      datasets: composition.visible(),
      limit,
      withBefore: (work) => composition.withBefore(work),
    });
    return { report: withSourceLines(report, loadedDocuments(action)), blocking };
  }

  #append(
    request: WriteRequest,
    principal: Principal,
    changes: StagedChangeset,
    composed: Omit<Extract<WriteOutcome, { outcome: 'committed' }>, 'outcome' | 'commit'>,
  ): CommitHeader {
    const { journal, engine, base } = this.#options;
    const agent = {
      role: request.source === 'seed' || request.source === 'derive' ? ('system' as const) : principal.role,
      ...(principal.organisation === undefined ? {} : { organisation: principal.organisation }),
      ...(principal.token === undefined ? {} : { token: principal.token }),
    };
    return journal.append(
      { agent, source: request.source, note: request.note, derived: derivedDataset(base) },
      changes,
      touchedEntities(changes, engine, base),
      this.#repeats.entry(request, (commit) => ({ ...composed, outcome: 'committed', commit })),
    );
  }
}

function* quadsOf(batches: Iterable<readonly QuadLine[]>): Generator<Quad> {
  for (const batch of batches) for (const line of batch) yield fromLine(line);
}

function counted(operations: readonly OperationCount[] | undefined): { operations?: readonly OperationCount[] } {
  return operations === undefined ? {} : { operations };
}

/** What a write created and did not remove again. */
function created({ created: made, engine }: Composition): { created?: readonly string[] } {
  const left = engine.datasets.filter(({ iri }) => made.has(iri)).map(({ iri }) => iri);
  return left.length === 0 ? {} : { created: left };
}

function firstChanges(changes: StagedChangeset, limit: number): { changes: readonly Change[]; more: boolean } {
  const shown: Change[] = [];
  for (const change of changes.changes()) {
    if (shown.length === limit) break;
    shown.push(change);
  }
  return { changes: shown, more: changes.size > shown.length };
}

function loadedDocuments(action: WriteAction): StagedDocument[] {
  if (action.kind === 'load') return [action.document];
  return action.kind === 'all' ? action.actions.flatMap(loadedDocuments) : [];
}

function forbidden(dataset?: string): Fault {
  return dataset === undefined
    ? new Fault('forbidden', {
        nl: 'Schrijven kan alleen met een token van een gegevensbeheerder of beheerder.',
        en: 'Writing takes the token of a steward or an administrator.',
      })
    : new Fault('forbidden', {
        nl: `Uw token mag niet schrijven in ${dataset}.`,
        en: `Your token may not write in ${dataset}.`,
      });
}

function changedMeanwhile(expected: number, actual: number): Fault {
  return new Fault(
    'precondition-failed',
    {
      nl: `U vertrok van versie ${expected}, maar intussen is er versie ${actual}. Haal de nieuwste versie op en probeer opnieuw.`,
      en: `You started from version ${expected}, but it is at version ${actual} by now. Fetch the newest version and try again.`,
    },
    { extra: { expected, actual } },
  );
}
