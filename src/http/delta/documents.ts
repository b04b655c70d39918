import { moment, streamSubject } from '../../publication/delta/names.js';
import type { DumpRow, FileRow } from '../../publication/delta/rows.js';
import type { DeltaStream } from '../../publication/delta/streams.js';
import type { Text } from '../../faults.js';

/** The resource objects consumers read (JSON:API 1.1 §7.2). What they do not know of they leave aside. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, string>>;
}

const dumpTitle = ({ title }: { readonly title: Text }, released: string): string => `Regiograaf: ${title.nl}, toestand van ${released}`;

/** `related` has its usual leading slash, although consumers put one of their own in front. */
export function datasetResource(base: string, stream: DeltaStream, dump: DumpRow): Resource {
  const released = moment(dump.released);
  return {
    type: 'datasets',
    id: dump.id,
    attributes: {
      uri: `${base}datasets/${dump.id}`,
      title: dumpTitle(stream, released),
      subject: streamSubject(base, stream.name),
      type: 'http://data.lblod.info/vocabularies/datasets/DeltaCacheGraphDump',
      'release-date': released,
      created: released,
      modified: released,
      commit: dump.number,
    },
    relationships: {
      distributions: {
        links: { self: `/datasets/${dump.id}/relationships/distributions`, related: `/datasets/${dump.id}/distributions` },
        data: [{ type: 'distributions', id: dump.distribution }],
      },
      ...(dump.previous === null ? {} : { 'previous-version': { data: { type: 'datasets', id: dump.previous } } }),
    },
    links: { self: `/datasets/${dump.id}` },
  };
}

export function distributionResource(base: string, stream: DeltaStream, dump: DumpRow): Resource {
  const released = moment(dump.released);
  return {
    type: 'distributions',
    id: dump.distribution,
    attributes: {
      uri: `${base}distributions/${dump.distribution}`,
      title: dumpTitle(stream, released),
      format: 'text/turtle',
      'byte-size': dump.bytes,
      'release-date': released,
      'download-url': `${base}files/${dump.file}/download`,
      sha256: dump.sha256,
    },
    relationships: {
      subject: { links: { related: `/distributions/${dump.distribution}/subject` }, data: { type: 'files', id: dump.file } },
      dataset: { data: { type: 'datasets', id: dump.id } },
    },
    links: { self: `/distributions/${dump.distribution}` },
  };
}

export function dumpFileResource(base: string, { name }: DeltaStream, dump: DumpRow): Resource {
  return {
    type: 'files',
    id: dump.file,
    attributes: {
      uri: `${base}files/${dump.file}`,
      name: `dump-${name}-${moment(dump.released)}.ttl`,
      format: 'text/turtle',
      extension: 'ttl',
      size: dump.bytes,
      created: moment(dump.released),
      sha256: dump.sha256,
      commit: dump.number,
      statements: dump.statements,
      'statements-in-delta': dump.tagged,
    },
    links: { self: `/files/${dump.file}`, download: `/files/${dump.file}/download` },
  };
}

export function deltaFileResource(base: string, file: FileRow): Resource {
  const created = moment(file.created);
  return {
    type: 'files',
    id: file.id,
    attributes: {
      uri: `${base}files/${file.id}`,
      name: `delta-${created}.json`,
      format: 'application/json',
      extension: 'json',
      size: file.bytes,
      created,
      sha256: file.sha256,
      commit: file.number,
      changesets: file.changesets,
      deletes: file.deletes,
      inserts: file.inserts,
      ...(file.dump === null ? {} : { 'completes-dump': moment(file.dump) }),
    },
    links: { self: `/files/${file.id}`, download: `/files/${file.id}/download` },
  };
}
