import type { Text } from '../../faults.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly text: Text;
  readonly required?: boolean;
  readonly schema?: Schema;
  /** A value that works; the description is tried with it. */
  readonly example?: string;
}

export interface Body {
  readonly text: Text;
  /** Media types with an example each that works. */
  readonly types: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: Text;
  readonly types?: readonly string[];
  /** Name of the schema of its JSON form. */
  readonly schema?: string;
}

/** One operation on one or more registered routes that do the same. */
export interface Operation {
  readonly method: Method;
  /** Paths as the routers register them. */
  readonly routes: readonly string[];
  readonly summary: Text;
  readonly details?: Text;
  readonly parameters?: readonly Parameter[];
  readonly body?: Body;
  readonly answers: readonly Answer[];
  /** `write`: needs a token; `session`: only of use in a browser that signed in at `/laden`. */
  readonly access?: 'write' | 'session';
  /** What its example names comes and goes: that it is not there is an answer too. */
  readonly mayBeMissing?: boolean;
  /** Registered paths that are another name of one of the routes. */
  readonly aliases?: readonly string[];
}

/** The operations of one kind of resource, described beside each other. */
export interface Area {
  readonly name: string;
  readonly title: Text;
  readonly text: Text;
  readonly operations: readonly Operation[];
}
