import { v5 } from 'uuid';

/** The `mu:uuid` of a thing: version 5 (RFC 9562 §5.5) of its IRI in the namespace for URLs, so the same everywhere. */
export function uuidOf(iri: string): string {
  return v5(iri, v5.URL);
}

/** What identifies a stream to a consumer (`DCR_SYNC_DATASET_SUBJECT`), and stays the same from dump to dump. */
export function streamSubject(base: string, stream: string): string {
  return `${base}sync/${stream}`;
}

/** Id of a delta file: a stream has one file a millisecond at most. */
export function fileId(base: string, stream: string, created: number): string {
  return uuidOf(`${streamSubject(base, stream)}/files/${created}`);
}

/** Ids of the dump of a stream of a moment: its dataset, distribution and file. */
export function dumpIds(base: string, stream: string, released: number): { readonly dataset: string; readonly distribution: string; readonly file: string } {
  const dump = `${streamSubject(base, stream)}/dumps/${released}`;
  return { dataset: uuidOf(dump), distribution: uuidOf(`${dump}/distribution`), file: uuidOf(`${dump}/file`) };
}

/** A moment as consumers keep it: ISO 8601 UTC with milliseconds, which a JavaScript Date holds exactly. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
