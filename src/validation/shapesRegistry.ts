import type { Quad } from '@rdfjs/types';

/** The shapes in force: immutable, built once per version. */
export class ShapesRegistry {
  /** SHA-256 over the canonical shapes graph. */
  readonly version: string;

  private constructor(version: string) {
    this.version = version;
  }

  /** Reads shapes from quads (of files in `shapes/`, of the shapes dataset). Throws Fault `shapes-invalid`. */
  static fromQuads(_quads: Iterable<Quad>): ShapesRegistry {
    return new ShapesRegistry('');
  }
}
