import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetDescription } from '../../../../src/graph/api.js';
import type { Change, QuadLine } from '../../../../src/graph/changeset.js';
import { ChangesetBuilder } from '../../../../src/graph/changes/changesetBuilder.js';
import { datasetOf } from '../../../../src/graph/changes/datasetOf.js';
import { catalogueGraph, restrictedDescriptionGraph } from '../../../../src/graph/catalogue.js';
import type { CommitHeader, CommitSource } from '../../../../src/graph/commit.js';
import { descriptionLines } from '../../../../src/graph/description.js';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';
import { ReaderReplica, type Audience } from '../../../../src/graph/engine/readerReplica.js';
import type { Journal } from '../../../../src/graph/journal/journal.js';
import { journalFile, openJournal, openJournalReader } from '../../../../src/graph/journal/openJournal.js';
import { writeSnapshot } from '../../../../src/graph/snapshot/writeSnapshot.js';

export const base = 'https://regio.example/';
export const catalogue = catalogueGraph(base);

export function dataset(slug: string): string {
  return `${base}id/dataset/${slug}`;
}

export function iri(name: string): string {
  return `${base}id/actor/${name}`;
}

export function skolem(name: string): string {
  return `${base}.well-known/genid/${name}`;
}

/** A quad line; a term with a quote in it stands as it is, another is an IRI. */
export function line(subject: string, predicate: string, object: string, slug: string): QuadLine {
  const graph = slug.startsWith('http') ? slug : dataset(slug);
  return `<${subject}> <${predicate}> ${object.startsWith('"') ? object : `<${object}>`} <${graph}> .`;
}

export const label = 'http://www.w3.org/2004/02/skos/core#prefLabel';

export function description(visibility: 'public' | 'restricted', status: DatasetDescription['status'] = 'aangenomen', title = 'Dataset'): DatasetDescription {
  return { title: { nl: title }, status, mode: 'off', visibility };
}

/** A data folder with a log, and beside it the state by hand. */
export class TestLog {
  readonly folder: string;
  readonly journal: Journal;
  readonly state = new Set<QuadLine>();

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'regiograaf-readers-'));
    this.journal = openJournal(join(this.folder, journalFile));
  }

  /** Commits what the lines change; `-` takes a line away, anything else brings it. */
  commit(changes: readonly Change[], options: { readonly source?: CommitSource; readonly message?: string } = {}): { header: CommitHeader; changes: readonly Change[] } {
    const builder = new ChangesetBuilder({ folder: this.folder });
    for (const { op, line: text } of changes) {
      if (op === '-' ? this.state.delete(text) : !this.state.has(text)) builder.add(op, text);
      if (op === '+') this.state.add(text);
    }
    using changeset = builder.build();
    const touched = new Map<string, { entity: string; dataset: string }>();
    for (const { line: text } of changeset.changes()) {
      const entity = text.slice(1, text.indexOf('>'));
      const owner = entity.startsWith(skolem('')) ? iri(entity.slice(skolem('').length).split('-')[0] ?? '') : entity;
      touched.set(`${owner} ${datasetOf(text)}`, { entity: owner, dataset: datasetOf(text) });
    }
    const header = this.journal.append(
      {
        agent: { role: 'steward', organisation: iri('dienst'), token: 'token-1' },
        source: options.source ?? 'update',
        note: { message: options.message ?? 'toelichting' },
      },
      changeset,
      touched.values(),
    );
    return { header, changes: [...changeset.changes()] };
  }

  /** Describes a dataset anew (or, with `undefined`, not at all any more). */
  describing(slug: string, settings: DatasetDescription | undefined): readonly Change[] {
    const graphs = new Set([catalogue, restrictedDescriptionGraph(dataset(slug))]);
    const old = [...this.state].filter((text) => graphs.has(datasetOf(text)) && text.startsWith(`<${dataset(slug)}> `));
    const fresh = settings ? descriptionLines(base, dataset(slug), settings) : [];
    return [
      ...old.filter((text) => !fresh.includes(text)).map((text) => ({ op: '-', line: text }) as const),
      ...fresh.map((text) => ({ op: '+', line: text }) as const),
    ];
  }

  /** The described catalogue, two public datasets (one a proposal) and two restricted ones, one commit each. */
  describeUsual(): void {
    this.commit(this.describing('catalogus', description('public', 'aangenomen', 'Catalogus')));
    this.commit(this.describing('a', description('public', 'aangenomen', 'Actoren')));
    this.commit(this.describing('voorstel', description('public', 'voorgesteld', 'Voorstel')));
    this.commit(this.describing('geheim', description('restricted', 'aangenomen', 'Contacten')));
    this.commit(this.describing('ander', description('restricted', 'aangenomen', 'Andere')));
  }

  snapshot(): void {
    const graphs = new Map<string, QuadLine[]>();
    for (const text of this.state) {
      const lines = graphs.get(datasetOf(text));
      if (lines) lines.push(text);
      else graphs.set(datasetOf(text), [text]);
    }
    const { head } = this.journal;
    if (head) {
      writeSnapshot(join(this.folder, 'snapshots'), {
        commit: head.number,
        hash: head.hash,
        graphs: [...graphs].map(([name, lines]) => ({ dataset: name, lines })),
      });
    }
  }

  /** A replica in this thread. */
  replica(audience: Audience): ReaderReplica {
    return new ReaderReplica({
      engine: new OxigraphReplica({ base }),
      journal: openJournalReader(join(this.folder, journalFile)),
      audience,
      base,
      folder: this.folder,
    });
  }

  loaded(audience: Audience): ReaderReplica {
    const replica = this.replica(audience);
    replica.load(undefined, () => undefined);
    return replica;
  }

  close(): void {
    this.journal.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function plus(...lines: readonly QuadLine[]): readonly Change[] {
  return lines.map((text) => ({ op: '+', line: text }));
}

export function minus(...lines: readonly QuadLine[]): readonly Change[] {
  return lines.map((text) => ({ op: '-', line: text }));
}
