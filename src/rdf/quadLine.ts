/**
 * A quad as its canonical N-Quads statement without the line end (RDF 1.2 N-Quads, canonical form): the form
 * `nquads.ts` writes. Equal quads in canonical form are equal strings.
 */
export type QuadLine = string;
