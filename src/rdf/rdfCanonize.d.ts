/* rdf-canonize 5 brings no types. `_canonizeSync` is its synchronous form, for Node only. */
declare module 'rdf-canonize' {
  import type * as RDF from '@rdfjs/types';

  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0';
    /** Filled with the canonical label of each blank node. */
    readonly canonicalIdMap: Map<string, string>;
    /** Runs of Hash N-Degree Quads before it gives up. */
    readonly maxDeepIterations: number;
    /** Milliseconds before it gives up. */
    readonly timeout: number;
  }

  const rdfCanonize: { _canonizeSync(dataset: readonly RDF.Quad[], options: CanonizeOptions): string };
  export default rdfCanonize;
}
