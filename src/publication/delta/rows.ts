/** Rows of the store as SQLite gives them; moments are milliseconds since 1970. */
export interface StreamRow {
  readonly id: number;
  readonly name: string;
  /** What the stream was made of (JSON): made anew when that changes. */
  readonly definition: string;
  /** Sequence of the last version taken in. */
  readonly position: number;
  /** Commit of that version. */
  readonly number: number;
  /** Moment of the newest file or dump; the next is later. */
  readonly last: number;
  /** All files after this moment are kept; null while the stream is being made. */
  readonly kept: number | null;
  /** 1 when something changed after the newest dump. */
  readonly dirty: number;
}

export interface FileRow {
  readonly id: string;
  readonly stream: number;
  readonly created: number;
  readonly number: number;
  /** Moment of the dump it completes with the texts that have a language; null for changes. */
  readonly dump: number | null;
  readonly changesets: number;
  readonly deletes: number;
  readonly inserts: number;
  /** Length of the text, uncompressed. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface DumpRow {
  /** Id of the dataset a dump is. */
  readonly id: string;
  readonly stream: number;
  readonly distribution: string;
  readonly file: string;
  readonly released: number;
  readonly number: number;
  /** Statements in the file, the repeated tail not counted. */
  readonly statements: number;
  /** Statements in the delta files that complete it. */
  readonly tagged: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly previous: string | null;
}
