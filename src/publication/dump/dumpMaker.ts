import { createHash, type Hash } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, fsyncSync, linkSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { catalogueGraph, settingsFrom } from '../../graph/catalogue.js';
import { isMerged, type DatasetSettings } from '../../graph/dataset.js';
import { ChangesetBuilder } from '../../graph/changes/changesetBuilder.js';
import { slugOf } from '../../graph/engine/readerDatasets.js';
import type { Head, JournalReader } from '../../graph/journal/journal.js';
import { lastPurgeOf } from '../../graph/journal/purged.js';
import { digestOfFile, syncFolder, withFile, writeAll } from '../../graph/snapshot/files.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import { dct } from '../../rdf/prefixes.js';
import { dumpMediaTypes, trigOf, turtleHead, turtleOf, type DumpFormat } from './formats.js';
import { dumpFormat, dumpName, manifestPath, newestDumps, unfinishedSuffix, type DumpedDataset, type DumpFile, type DumpManifest } from './manifest.js';
import { linesOf, merged, union } from './sortedLines.js';

export interface MakerOptions {
  /** Folder with the sets. */
  readonly root: string;
  readonly base: string;
  readonly journal: JournalReader;
}

/** The name of the file of everything, without its ending. */
const wholeName = 'alle';
const chunk = 256 * 1024;

interface Made extends DumpedDataset {
  /** Name of its files on disk, without their endings. */
  readonly name: string;
  /** Nothing changed: the files of the set before are taken over. */
  readonly from?: string;
}

/**
 * Makes the full downloads of the head of the log: of each dataset the file of the set before, with the changes since
 * merged in. So a set costs what its size is in reading and writing, and memory for the changes only.
 */
export class DumpMaker {
  readonly #options: MakerOptions;

  constructor(options: MakerOptions) {
    this.#options = options;
  }

  /** A set for the head, under its name only when it is whole and on disk. */
  async make(head: Head): Promise<DumpManifest> {
    const { root, base, journal } = this.#options;
    const purge = lastPurgeOf(journal);
    const found = newestDumps(root);
    const before = found && found.manifest.base === base && found.manifest.purge === purge && found.manifest.commit <= head.number ? found : undefined;
    const aside = join(root, `${dumpName(head.number)}${unfinishedSuffix}`);
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    try {
      const catalogue = this.#dataset(catalogueGraph(base), head.number, aside, 0, before);
      const described = licensed(linesOf(join(aside, `${catalogue.name}.nq`)));
      const made: Made[] = [catalogue];
      for (const { iri } of described) if (iri !== catalogue.dataset) made.push(this.#dataset(iri, head.number, aside, made.length, before));
      const apart = new Set(described.filter((one) => !isMerged(one)).map(({ iri }) => iri));
      const files = await this.#files(made, apart, aside, before?.manifest.files ?? []);
      const manifest: DumpManifest = {
        format: dumpFormat,
        base,
        commit: head.number,
        hash: head.hash,
        time: head.time,
        made: new Date().toISOString(),
        purge,
        datasets: made.map(({ dataset, quads, commit }) => ({ dataset, quads, commit })),
        files,
      };
      withFile(manifestPath(aside), 'wx', (file) => {
        writeAll(file, Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`));
        fsyncSync(file);
      });
      syncFolder(aside);
      const folder = join(root, dumpName(head.number));
      rmSync(folder, { recursive: true, force: true });
      renameSync(aside, folder);
      syncFolder(root);
      return manifest;
    } catch (error) {
      rmSync(aside, { recursive: true, force: true });
      throw error;
    }
  }

  /** The quads of a dataset at a commit, sorted, as `{name}.nq`. */
  #dataset(dataset: string, commit: number, folder: string, index: number, before: ReturnType<typeof newestDumps>): Made {
    const name = String(index).padStart(4, '0');
    const path = join(folder, `${name}.nq`);
    const known = before?.manifest.datasets.find((one) => one.dataset === dataset);
    const old = before?.manifest.files.find((file) => file.dataset === dataset && file.mediaType === dumpMediaTypes.nq && !file.compressed);
    const from = known && old && before ? join(before.folder, old.file) : undefined;
    const since = from === undefined ? 0 : (before?.manifest.commit ?? 0);
    const { numbers, last } = this.#commits(dataset, since, commit);
    if (from !== undefined && known && numbers.length === 0) {
      linkSync(from, path);
      return { dataset, name, quads: known.quads, commit: known.commit, from: from.slice(0, -'.nq'.length) };
    }
    using builder = new ChangesetBuilder({ folder });
    for (const number of numbers) for (const { op, line } of this.#options.journal.changes(number, dataset)) builder.add(op, line);
    using changes = builder.build();
    const of = function* (wanted: '-' | '+'): Generator<string> {
      for (const { op, line } of changes.changes(dataset)) if (op === wanted) yield line;
    };
    let quads = 0;
    const counted = function* (lines: Iterable<string>): Generator<string> {
      for (const line of lines) {
        quads += 1;
        yield `${line}\n`;
      }
    };
    writeTexts(path, counted(merged(from === undefined ? [] : linesOf(from), of('-'), of('+'))));
    return { dataset, name, quads, commit: last ?? known?.commit ?? 0 };
  }

  /** Commits with a part in the dataset, later than one and up to another, oldest first. */
  #commits(dataset: string, since: number, upTo: number): { readonly numbers: readonly number[]; readonly last: number | undefined } {
    const numbers: number[] = [];
    for (let before = upTo + 1; ; ) {
      const headers = this.#options.journal.headers({ dataset, before, limit: 200 });
      numbers.push(...headers.map(({ number }) => number).filter((number) => number > since));
      const end = headers.at(-1);
      if (!end || end.number <= since || headers.length < 200) return { numbers: numbers.toReversed(), last: numbers[0] };
      before = end.number;
    }
  }

  /** `apart`: datasets that are not in the default graph of SPARQL. */
  async #files(made: readonly Made[], apart: ReadonlySet<string>, folder: string, old: readonly DumpFile[]): Promise<readonly DumpFile[]> {
    const files: DumpFile[] = [];
    const add = async (format: DumpFormat, name: string, about: Pick<DumpFile, 'dataset' | 'path'>, from?: string): Promise<void> => {
      for (const compressed of [false, true]) {
        const file = `${name}.${format}${compressed ? '.gz' : ''}`;
        const path = join(folder, file);
        const taken = from === undefined ? undefined : old.find((one) => one.dataset === about.dataset && one.path === `${about.path}.${format}${compressed ? '.gz' : ''}`);
        if (taken && from !== undefined) {
          if (format !== 'nq' || compressed) linkSync(`${from}.${format}${compressed ? '.gz' : ''}`, path);
          files.push({ ...taken, file });
          continue;
        }
        const sha256 = compressed ? await gzipped(join(folder, `${name}.${format}`), path) : digestOfFile(path);
        files.push({ ...about, path: `${about.path}.${format}${compressed ? '.gz' : ''}`, file, mediaType: dumpMediaTypes[format], compressed, bytes: statSync(path).size, sha256 });
      }
    };
    for (const { dataset, name, from } of made) {
      const quads = join(folder, `${name}.nq`);
      if (from === undefined) {
        writeTexts(join(folder, `${name}.ttl`), headed(turtleOf(linesOf(quads))));
        writeTexts(join(folder, `${name}.trig`), headed(trigOf(dataset, linesOf(quads))));
      }
      const about = { dataset, path: `dataset/${slugOf(dataset, this.#options.base)}` };
      for (const format of ['nq', 'ttl', 'trig'] as const) await add(format, name, about, from);
    }
    const parts = made.toSorted((a, b) => (a.dataset < b.dataset ? -1 : 1));
    joinFiles(parts.map(({ name }) => join(folder, `${name}.nq`)), join(folder, `${wholeName}.nq`), '');
    joinFiles(parts.map(({ name }) => join(folder, `${name}.trig`)), join(folder, `${wholeName}.trig`), turtleHead);
    // Turtle has no graphs: it holds what SPARQL shows by default, so nothing that is only proposed.
    const together = parts.filter(({ dataset }) => !apart.has(dataset)).map(({ name }) => triplesOf(join(folder, `${name}.nq`)));
    writeTexts(join(folder, `${wholeName}.ttl`), headed(turtleOf(union(together))));
    for (const format of ['nq', 'ttl', 'trig'] as const) await add(format, wholeName, { path: wholeName });
    return files;
  }
}

/** The public datasets with a licence: without one nobody knows what may be done with the data. */
function licensed(catalogue: Iterable<string>): readonly DatasetSettings[] {
  const triples: (readonly [string, string, string])[] = [];
  const withLicence = new Set<string>();
  for (const line of catalogue) {
    const [subject, predicate, object] = [splitLine(line).subject, splitLine(line).predicate, splitLine(line).object].map((term) => term.slice(1, -1)) as [string, string, string];
    if (predicate === dct('license')) withLicence.add(subject);
    else triples.push([subject, predicate, object]);
  }
  return settingsFrom(triples).filter(({ iri, visibility }) => visibility === 'public' && withLicence.has(iri));
}

/** The triples of the sorted quads of one graph; they are sorted as well. */
function* triplesOf(path: string): Generator<string> {
  for (const line of linesOf(path)) {
    const { subject, predicate, object } = splitLine(line);
    yield joinLine(subject, predicate, object);
  }
}

function* headed(texts: Iterable<string>): Generator<string> {
  yield turtleHead;
  yield* texts;
}

/** Writes texts to a new file, and to disk. */
function writeTexts(path: string, texts: Iterable<string>): void {
  withFile(path, 'wx', (file) => {
    let text = '';
    for (const part of texts) {
      text += part;
      if (text.length < chunk) continue;
      writeAll(file, Buffer.from(text));
      text = '';
    }
    writeAll(file, Buffer.from(text));
    fsyncSync(file);
  });
}

/** Joins files into one, with their common head once. */
function joinFiles(paths: readonly string[], target: string, head: string): void {
  const skip = Buffer.byteLength(head);
  withFile(target, 'wx', (file) => {
    writeAll(file, Buffer.from(head));
    const buffer = Buffer.allocUnsafe(chunk);
    for (const path of paths) {
      const source = openSync(path, 'r');
      try {
        for (let at = skip; ; ) {
          const length = readSync(source, buffer, 0, chunk, at);
          if (length === 0) break;
          writeAll(file, buffer.subarray(0, length));
          at += length;
        }
      } finally {
        closeSync(source);
      }
    }
    fsyncSync(file);
  });
}

function hashing(hash: Hash): Transform {
  return new Transform({
    transform(content: Buffer, _encoding, done) {
      hash.update(content);
      done(null, content);
    },
  });
}

/** Compresses a file to another; answers the digest of that. */
async function gzipped(source: string, target: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(source, { highWaterMark: chunk }), createGzip(), hashing(hash), createWriteStream(target, { flags: 'wx', flush: true }));
  return hash.digest('hex');
}
