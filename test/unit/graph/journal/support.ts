import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CommitDraft, Journal, JournalReader, Touched } from '../../../../src/graph/journal/journal.js';
import type { Changeset, QuadLine } from '../../../../src/graph/changeset.js';
import { applyTo, diff } from '../../../../src/graph/changes/algebra.js';
import { datasetOf } from '../../../../src/graph/changes/datasetOf.js';
import { replay } from '../../../../src/graph/journal/replay.js';
import { escapeString } from '../../../../src/rdf/ntriples.js';

export const base = 'https://regio.example/';

/** Folders made by the tests of a file, removed after each test. */
export function temporaryFolders(): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'regiograaf-journal-'));
    folders.push(folder);
    return folder;
  };
}

export function dataset(slug: string): string {
  return `${base}id/dataset/${slug}`;
}

export function line(subject: string, value: string, slug = 'a'): QuadLine {
  return `<${base}id/actor/${subject}> <http://purl.org/dc/terms/title> "${escapeString(value)}"@nl <${dataset(slug)}> .`;
}

/** Lines that meet often, in datasets and scripts whose UTF-16 order is not their code-point order. */
export const lines: fc.Arbitrary<QuadLine> = fc
  .tuple(fc.constantFrom('1', '2', 'é', '\uff5e', '\u{1f600}'), fc.constantFrom('x', 'een "b"\n\\', '\uff5e', '\u{1f600}', '<a> <b'), fc.constantFrom('a', 'b', '\uff5e', '\u{1f600}'))
  .map(([subject, value, slug]) => line(subject, value, slug));

export const states: fc.Arbitrary<readonly QuadLine[]> = fc.uniqueArray(lines, { maxLength: 40 });

export function draft(message = 'toelichting'): CommitDraft {
  return { agent: { role: 'steward', organisation: `${base}id/actor/o`, token: 't1' }, source: 'update', note: { message } };
}

/** Subjects and datasets of the changes: what a writer would say it touched. */
export function touchedBy(changes: Pick<Changeset, 'changes'>): readonly Touched[] {
  return [...changes.changes()].map(({ line: text }) => ({ entity: text.slice(1, text.indexOf('>')), dataset: datasetOf(text) }));
}

/** Appends the step from one state to another. */
export function appendStep(journal: Journal, folder: string, before: Iterable<QuadLine>, after: Iterable<QuadLine>, message?: string): void {
  using changes = diff(before, after, { folder });
  journal.append(draft(message), changes, touchedBy(changes));
}

export function replayed(reader: JournalReader, after = 0, from: Iterable<QuadLine> = []): Set<QuadLine> {
  const state = new Set(from);
  for (const { changes } of replay(reader, after)) applyTo(state, { changes: () => changes });
  return state;
}

export function sorted(texts: Iterable<string>): readonly string[] {
  return [...texts].toSorted();
}

/** The graphs of a state, as a snapshot takes them. */
export function graphsOf(state: Iterable<QuadLine>): readonly { readonly dataset: string; readonly lines: readonly QuadLine[] }[] {
  const graphs = new Map<string, QuadLine[]>();
  for (const text of state) {
    const name = datasetOf(text);
    const graph = graphs.get(name);
    if (graph) graph.push(text);
    else graphs.set(name, [text]);
  }
  return [...graphs].map(([name, content]) => ({ dataset: name, lines: content }));
}

/** Closes a journal at the end of the block that uses it. */
export function closing<T extends { close(): void }>(value: T): { readonly value: T; [Symbol.dispose](): void } {
  return { value, [Symbol.dispose]: () => value.close() };
}
