import type Database from 'better-sqlite3';
import { Fault } from '../../faults.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import type { StagedChangeset } from '../changes/stagedChangeset.js';
import type { PurgedPart } from '../commit.js';
import { blockText, decodeBlock } from './block.js';
import { PartDigest } from './chain.js';
import { digestsAfterPurges } from './purged.js';
import type { Erasure, JournalReader } from './journal.js';
import type { PartKey, Parts } from './parts.js';

interface Target {
  readonly db: Database.Database;
  readonly parts: Parts;
  /** For a list of removed lines that is too long for memory. */
  readonly folder: string;
  readonly erasure: Erasure;
}

export interface ErasedRows {
  readonly purged: readonly PurgedPart[];
  readonly notes: readonly number[];
  readonly removed: StagedChangeset;
}

/** The erasing part of a purge; runs inside the transaction that appends the purge commit. */
export function eraseFrom(journal: JournalReader, target: Target): ErasedRows {
  const { db, parts, folder, erasure } = target;
  refuseWhatTheChainHolds(db, erasure);
  using builder = new ChangesetBuilder({ folder });
  const expected = digestsAfterPurges(journal);
  const iriOf = db.prepare<[number], string>('SELECT iri FROM dataset WHERE id = ?').pluck();
  const purged: PurgedPart[] = [];
  for (let key = parts.after({ number: 0, dataset: 0 }); key; key = parts.after(key)) {
    if (!occursIn(parts, key, erasure)) continue;
    const digests = rewrite(parts, key, erasure, builder);
    if (!digests) continue;
    const dataset = iriOf.get(key.dataset) ?? '';
    const before = expected.get(key.number)?.get(dataset) ?? journal.header(key.number)?.parts.find((part) => part.dataset === dataset)?.sha256;
    // Rewriting a damaged part would declare the damage to be right.
    if (digests.before !== before) throw damaged(key.number);
    purged.push({ commit: key.number, dataset, before, after: digests.after });
  }
  const notes = eraseNotes(db, erasure);
  eraseEntities(db, erasure);
  eraseOutcomes(db, erasure);
  return { purged, notes, removed: builder.build() };
}

function occursIn(parts: Parts, key: PartKey, erasure: Erasure): boolean {
  for (const block of parts.blocks(key)) if (erasure.block(blockText(block))) return true;
  return false;
}

/** Undefined when no line had to go after all. */
function rewrite(parts: Parts, key: PartKey, erasure: Erasure, removed: ChangesetBuilder): { readonly before: string; readonly after: string } | undefined {
  const before = new PartDigest();
  const after = new PartDigest();
  let changed = false;
  let index = 0;
  for (const block of parts.blocks(key)) {
    const changes = decodeBlock(block);
    const keep = changes.filter(({ line }) => !erasure.line(line));
    for (const change of changes) before.add(change);
    for (const change of keep) after.add(change);
    if (keep.length < changes.length) {
      for (const { line } of changes) if (erasure.line(line)) removed.add('-', line);
      parts.replace(key, index, keep);
      changed = true;
    }
    index++;
  }
  return changed ? { before: before.hex(), after: after.hex() } : undefined;
}

/** Names of datasets and organisations stand in headers, which are hashed: they cannot be erased. */
function refuseWhatTheChainHolds(db: Database.Database, erasure: Erasure): void {
  const held = db
    .prepare<[], string | null>(
      `SELECT iri FROM dataset UNION SELECT value FROM setting
       UNION SELECT json_extract(header, '$.agent.organisation') FROM commits UNION SELECT json_extract(header, '$.agent.token') FROM commits`,
    )
    .pluck()
    .all();
  if (!held.some((text) => text !== null && erasure.value(text))) return;
  throw new Fault('conflict', {
    nl: 'Deze tekst staat in de naam van een dataset of organisatie of in een instelling. Die namen houdt de keten van versies vast; ze kunnen niet worden gewist. Kies een langere of andere tekst.',
    en: 'This text is part of the name of a dataset or organisation or of a setting. The chain of versions holds those names; they cannot be erased. Choose a longer or another text.',
  });
}

function eraseNotes(db: Database.Database, erasure: Erasure): readonly number[] {
  const next = db.prepare<[number], { number: number; note: string }>('SELECT number, note FROM note WHERE note IS NOT NULL AND number > ? ORDER BY number LIMIT 1000');
  const erase = db.prepare<[number]>('UPDATE note SET note = NULL WHERE number = ?');
  const numbers: number[] = [];
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.number ?? 0)) {
    for (const { number, note } of rows) {
      if (!erasure.value(note)) continue;
      erase.run(number);
      numbers.push(number);
    }
  }
  return numbers;
}

function eraseEntities(db: Database.Database, erasure: Erasure): void {
  const next = db.prepare<[number], { id: number; iri: string }>('SELECT id, iri FROM entity WHERE id > ? ORDER BY id LIMIT 1000');
  const untouch = db.prepare<[number]>('DELETE FROM touched WHERE entity = ?');
  const erase = db.prepare<[number]>('DELETE FROM entity WHERE id = ?');
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.id ?? 0)) {
    for (const { id, iri } of rows) {
      if (!erasure.value(iri)) continue;
      untouch.run(id);
      erase.run(id);
    }
  }
}

function eraseOutcomes(db: Database.Database, erasure: Erasure): void {
  const rows = db.prepare<[], { key: string; token: string; outcome: string }>('SELECT key, token, outcome FROM remembered').all();
  const erase = db.prepare<[string, string]>('DELETE FROM remembered WHERE key = ? AND token = ?');
  for (const { key, token, outcome } of rows) if (erasure.value(key) || erasure.value(outcome)) erase.run(key, token);
}

function damaged(commit: number): Fault {
  return new Fault('internal', {
    nl: `Versie ${commit} is beschadigd; wissen is gestopt en er is niets gewijzigd. Laat een beheerder "regiograaf verify" draaien en een reservekopie terugzetten.`,
    en: `Commit ${commit} is damaged; erasing stopped and nothing was changed. Ask an administrator to run "regiograaf verify" and restore a backup.`,
  });
}
